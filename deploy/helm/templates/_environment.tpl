{{/* The environment of a component: what the chart knows, then `settings`, then `env`. */}}
{{- define "mofcom.environment" -}}
{{- $values := .root.Values -}}
- {name: MOFCOM_HTTP_HOST, value: 0.0.0.0}
- {name: MOFCOM_HTTP_PORT, value: "8080"}
{{ include "mofcom.kafka" . }}
{{- if include "mofcom.usesBlobs" . }}
{{ include "mofcom.blobs" . }}
{{- end }}
{{- if eq .component "console" }}
{{- if not (or (hasKey $values.settings "MOFCOM_CONSOLE_TOKENS_FILE") (hasKey $values.settings "MOFCOM_CONSOLE_TRUSTED_HEADER") (hasKey $values.settings "MOFCOM_CONSOLE_OPEN")) }}
{{- fail "console.enabled: the console needs a login: MOFCOM_CONSOLE_TOKENS_FILE or MOFCOM_CONSOLE_TRUSTED_HEADER in `settings`" }}
{{- end }}
{{- end }}
{{- if include "mofcom.usesDatabase" . }}
{{ include "mofcom.database" . }}
{{- end }}
{{- if include "mofcom.usesSeeds" . }}
- {name: MOFCOM_SEEDS_DIR, value: /seeds}
{{- end }}
{{- if and (eq .component "fetcher") (not (hasKey $values.settings "MOFCOM_FETCHER_TOKENS_FILE")) }}
# Without tokens: the network policy says who reaches it.
- {name: MOFCOM_FETCHER_OPEN, value: "true"}
{{- end }}
{{- if eq .component "init" }}
- {name: MOFCOM_KAFKA_REPLICATION_FACTOR, value: {{ int64 $values.kafka.replicationFactor | quote }}}
{{- end }}
{{- if has .component (list "cli" "console") }}
- name: MOFCOM_SERVICE_URLS
  value: {{ range $n, $one := list "fetcher" "parser" "indexer" "translator" "console" "notifier" }}{{ if dig "enabled" true (get $values $one) }}{{ if $n }},{{ end }}{{ printf "%s=http://%s:8080" $one (include "mofcom.name" (dict "root" $.root "component" $one)) }}{{ end }}{{ end }}
{{- end }}
{{- range $name, $value := $values.settings }}
- {name: {{ $name }}, value: {{ include "mofcom.plain" $value | quote }}}
{{- end }}
{{- range $name, $value := $values.env }}
- {name: {{ $name }}, value: {{ include "mofcom.plain" $value | quote }}}
{{- end }}
{{- end }}

{{- define "mofcom.kafka" -}}
{{- $kafka := .root.Values.kafka -}}
- {name: MOFCOM_KAFKA_BOOTSTRAP_SERVERS, value: {{ required "kafka.bootstrapServers: HOST:PORT of the brokers, separated by commas" $kafka.bootstrapServers | quote }}}
- {name: MOFCOM_KAFKA_SECURITY_PROTOCOL, value: {{ $kafka.securityProtocol }}}
{{- if include "mofcom.usesSasl" . }}
- {name: MOFCOM_KAFKA_SASL_MECHANISM, value: {{ $kafka.saslMechanism }}}
- name: MOFCOM_KAFKA_SASL_USERNAME
  valueFrom: {secretKeyRef: {name: {{ include "mofcom.kafkaSecret" . }}, key: username}}
- {name: MOFCOM_KAFKA_SASL_PASSWORD_FILE, value: /run/mofcom/kafka/password}
{{- with $kafka.tokenUrl }}
- {name: MOFCOM_KAFKA_SASL_TOKEN_URL, value: {{ . | quote }}}
{{- end }}
{{- with $kafka.tokenScope }}
- {name: MOFCOM_KAFKA_SASL_TOKEN_SCOPE, value: {{ . | quote }}}
{{- end }}
{{- end }}
{{- if $kafka.ca }}
- {name: MOFCOM_KAFKA_SSL_CA_LOCATION, value: /run/mofcom/kafka/ca.crt}
{{- end }}
{{- if $kafka.clientCertificate }}
- {name: MOFCOM_KAFKA_SSL_CERTIFICATE_LOCATION, value: /run/mofcom/kafka/tls.crt}
- {name: MOFCOM_KAFKA_SSL_KEY_LOCATION, value: /run/mofcom/kafka/tls.key}
{{- end }}
{{- end }}

{{- define "mofcom.blobs" -}}
{{- $blobs := .root.Values.blobs -}}
- {name: MOFCOM_BLOB_URL, value: {{ required "blobs.url: s3://BUCKET/PREFIX" $blobs.url | quote }}}
{{- with $blobs.region }}
- {name: AWS_REGION, value: {{ . }}}
{{- end }}
{{- with $blobs.endpoint }}
- {name: AWS_ENDPOINT_URL, value: {{ . | quote }}}
{{- end }}
{{- with $blobs.secret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom: {secretKeyRef: {name: {{ . }}, key: access-key-id}}
- name: AWS_SECRET_ACCESS_KEY
  valueFrom: {secretKeyRef: {name: {{ . }}, key: secret-access-key}}
{{- end }}
{{- end }}

{{- define "mofcom.database" -}}
{{- $database := .root.Values.database -}}
{{- $user := include "mofcom.role" . -}}
{{- $tls := ternary "verify-full&sslrootcert=/run/mofcom/database/ca.crt" $database.sslmode $database.ca -}}
{{- $host := required "database.host: the host of PostgreSQL" $database.host -}}
- name: MOFCOM_DATABASE_URL
  value: {{ printf "postgresql://%s@%s:%v/%s?sslmode=%s" $user $host (int64 $database.port) $database.name $tls | quote }}
- {name: MOFCOM_DATABASE_PASSWORD_FILE, value: /run/mofcom/database/password}
{{- if include "mofcom.isOwner" . }}
- {name: MOFCOM_PASSWORDS_DIR, value: /run/mofcom/database}
{{- end }}
{{- end }}
