{{/* What every object is called and labelled by: a dict of `root` and `component`. */}}
{{- define "mofcom.name" -}}
{{- printf "%s-%s" (trunc 50 .root.Release.Name) .component -}}
{{- end }}

{{- define "mofcom.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "mofcom.labels" -}}
{{ include "mofcom.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "mofcom.image" -}}
{{- $image := .root.Values.image -}}
{{ ternary $image.cli $image.repository (eq .component "cli") }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* A value as it is written in the environment: Helm reads every number of YAML as a float. */}}
{{- define "mofcom.plain" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- end }}

{{- define "mofcom.kafkaSecret" -}}
{{ get .root.Values.kafka.secrets .component | default .root.Values.kafka.secret }}
{{- end }}

{{/* Whether a component is one of those that speak to the database. */}}
{{- define "mofcom.usesDatabase" -}}
{{- if has .component (list "fetcher" "indexer" "console" "notifier" "init" "cli") -}}true{{- end -}}
{{- end }}

{{/* Whether it is one of those that have to do with bodies: nobody else gets the keys of the bucket. */}}
{{- define "mofcom.usesBlobs" -}}
{{- if has .component (list "fetcher" "parser" "indexer" "translator" "cli") -}}true{{- end -}}
{{- end }}

{{/* Whether it reads the folder of seeds. */}}
{{- define "mofcom.usesSeeds" -}}
{{- if has .component (list "fetcher" "notifier") -}}true{{- end -}}
{{- end }}

{{/* As which role, or owner. */}}
{{- define "mofcom.role" -}}
{{- if include "mofcom.isOwner" . -}}{{ .root.Values.database.owner }}
{{- else if eq .component "console" -}}analyst
{{- else -}}{{ .component }}{{- end -}}
{{- end }}

{{/* Whether it does so with the rights of the owner. */}}
{{- define "mofcom.isOwner" -}}
{{- if has .component (list "init" "cli") -}}true{{- end -}}
{{- end }}

{{- define "mofcom.usesSasl" -}}
{{- if contains "sasl" .root.Values.kafka.securityProtocol -}}true{{- end -}}
{{- end }}

{{- define "mofcom.hasKafkaFiles" -}}
{{- with .root.Values.kafka -}}
{{- if or (contains "sasl" .securityProtocol) .ca .clientCertificate -}}true{{- end -}}
{{- end -}}
{{- end }}
