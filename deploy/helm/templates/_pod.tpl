{{/* The specification of a pod: a dict of `root`, `component`, and the container's `command`. */}}
{{- define "mofcom.pod" -}}
{{- $values := .root.Values -}}
{{- $own := get $values .component -}}
{{- with $values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
automountServiceAccountToken: false
# Of a release called mofcom, the links would look like settings: MOFCOM_FETCHER_PORT.
enableServiceLinks: false
{{- if ne .component "init" }}
serviceAccountName: {{ include "mofcom.name" (dict "root" .root "component" "services") }}
{{- end }}
# Longer than a service's stop_seconds (shared/settings.py): work in progress is finished, not repeated.
terminationGracePeriodSeconds: {{ if eq .component "cli" }}1{{ else }}45{{ end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 999
  runAsGroup: 999
  fsGroup: 999
  seccompProfile: {type: RuntimeDefault}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{ include "mofcom.selector" . | nindent 8 }}
containers:
  - name: {{ .component }}
    image: {{ include "mofcom.image" . | quote }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    command: {{ toJson .command }}
    env: {{ include "mofcom.environment" . | nindent 6 }}
    {{- if not (has .component (list "init" "cli")) }}
    ports: [{name: http, containerPort: 8080}]
    # Until it has started once; then `live` fails when only a restart would help.
    startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60}
    livenessProbe: {httpGet: {path: /live, port: http}, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6}
    readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 10, timeoutSeconds: 5}
    {{- end }}
    resources: {{ toYaml $own.resources | nindent 6 }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}
    volumeMounts:
      - {name: tmp, mountPath: /tmp}
      {{- if include "mofcom.hasKafkaFiles" . }}
      - {name: kafka, mountPath: /run/mofcom/kafka, readOnly: true}
      {{- end }}
      {{- if include "mofcom.usesDatabase" . }}
      - {name: database, mountPath: /run/mofcom/database, readOnly: true}
      {{- end }}
      {{- if $values.filesSecret }}
      - {name: files, mountPath: /run/mofcom/files, readOnly: true}
      {{- end }}
      {{- if include "mofcom.usesSeeds" . }}
      - {name: seeds, mountPath: /seeds, readOnly: true}
      {{- end }}
      {{- if eq .component "translator" }}
      - {name: models, mountPath: /var/lib/mofcom/models}
      {{- end }}
volumes:
  - name: tmp
    emptyDir: {sizeLimit: 1Gi}
  {{- if include "mofcom.hasKafkaFiles" . }}
  - name: kafka
    secret: {secretName: {{ include "mofcom.kafkaSecret" . }}, defaultMode: 0440}
  {{- end }}
  {{- if include "mofcom.usesDatabase" . }}
  - name: database
    secret:
      secretName: {{ required "database.secret: the secret with the passwords" $values.database.secret }}
      defaultMode: 0440
      items:
        {{- if include "mofcom.isOwner" . }}
        - {key: owner-password, path: password}
        {{- range $role := list "analyst" "operator" "fetcher" "indexer" "notifier" }}
        - {key: {{ $role }}-password, path: {{ $role }}/database-password}
        {{- end }}
        {{- else }}
        - {key: {{ include "mofcom.role" . }}-password, path: password}
        {{- end }}
        {{- if $values.database.ca }}
        - {key: ca.crt, path: ca.crt}
        {{- end }}
  {{- end }}
  {{- with $values.filesSecret }}
  - name: files
    secret: {secretName: {{ . }}, defaultMode: 0440}
  {{- end }}
  {{- if include "mofcom.usesSeeds" . }}
  - name: seeds
    configMap: {name: {{ include "mofcom.name" (dict "root" .root "component" "seeds") }}}
  {{- end }}
  {{- if eq .component "translator" }}
  - name: models
    {{- with $values.translator.modelsClaim }}
    persistentVolumeClaim: {claimName: {{ . }}}
    {{- else }}
    emptyDir: {sizeLimit: 1Gi}
    {{- end }}
  {{- end }}
{{- end }}
