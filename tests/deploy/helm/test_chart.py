"""The chart in deploy/helm, rendered by helm itself and held against the schemas of Kubernetes."""

import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from docs.chart import OF_THE_CHART, SCHEMA, schema
from docs.settings import settings
from shared.passwords import ROLES
from shared.settings import Settings
from shared.topics import READ_BY
from shared.version import __version__
from testing.helm import HELM

ROOT = Path(__file__).parents[3]
CHART = ROOT / "deploy" / "helm"
EXAMPLES = sorted((CHART / "examples").glob("*.yaml"))
# The oldest that is maintained somewhere, and the newest that has schemas.
KUBERNETES = ("1.33", "1.37")
# The console is off by default.
SERVICES = ("fetcher", "parser", "indexer", "translator", "notifier")
STORES = {
    "kafka": {"bootstrapServers": "k:9093"},
    "database": {"host": "db"},
    "blobs": {"url": "s3://b/p"},
}

Object = Mapping[str, Any]

with_helm = pytest.mark.skipif(HELM is None, reason="this machine has no helm")


def helm(*arguments: str, values: Mapping[str, Any] | None = None) -> str:
    """What helm prints. Raises CalledProcessError with its message."""
    assert HELM is not None
    done = subprocess.run(
        [HELM, *arguments, "--kube-version", KUBERNETES[0], "--values", "-"],
        input=yaml.safe_dump(values or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rendered(*arguments: str, **values: Any) -> list[Object]:
    """All objects of a release called `notices`."""
    text = helm("template", "notices", str(CHART), *arguments, values=STORES | values)
    return [one for one in yaml.safe_load_all(text) if one]


def of_kind(objects: Iterable[Object], kind: str) -> dict[str, Object]:
    """The objects of a kind, by their component."""
    return {
        one["metadata"]["labels"]["app.kubernetes.io/component"]: one
        for one in objects
        if one["kind"] == kind
    }


def pods(objects: Iterable[Object]) -> dict[str, Object]:
    """The specifications of all pods, by component."""
    found = of_kind(objects, "Deployment") | of_kind(objects, "Job")
    return {name: one["spec"]["template"]["spec"] for name, one in found.items()}


def environment(pod: Object) -> dict[str, Any]:
    """The variables of a pod's container: a text, or the key of a secret."""
    (container,) = pod["containers"]
    names = [one["name"] for one in container["env"]]
    assert len(names) == len(set(names)), names
    return {
        one["name"]: one["value"] if "value" in one else one["valueFrom"]["secretKeyRef"]
        for one in container["env"]
    }


def test_the_schema_of_values_is_that_of_the_settings() -> None:
    assert SCHEMA.read_text() == schema(), "run `python -m docs.settings`"


def test_the_chart_is_of_the_programs_version() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert (chart["version"], chart["appVersion"]) == (__version__, __version__)


@with_helm
@pytest.mark.parametrize("example", EXAMPLES, ids=[one.stem for one in EXAMPLES])
def test_helm_finds_no_fault(example: Path) -> None:
    assert "0 chart(s) failed" in helm("lint", str(CHART), "--strict", "--values", str(example))


@with_helm
@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("example", EXAMPLES, ids=[one.stem for one in EXAMPLES])
def test_every_object_is_one_of_kubernetes(example: Path, version: str) -> None:
    text = helm("template", "notices", str(CHART), "--values", str(example))
    kinds = set()
    for one in filter(None, yaml.safe_load_all(text)):
        if one["apiVersion"].startswith("keda.sh/"):
            continue
        kubernetes_validate.validate(one, version, strict=True)
        kinds.add(one["kind"])
    assert kinds >= {"Deployment", "Job", "NetworkPolicy", "PodDisruptionBudget", "Service"}


@with_helm
def test_every_setting_can_be_set() -> None:
    own = {one.name for one in settings()} - set(OF_THE_CHART)
    given = {name: f"value of {name}" for name in own}
    found = pods(rendered(settings=given))
    for pod in found.values():
        assert environment(pod).items() >= given.items()
    assert found["parser"]["terminationGracePeriodSeconds"] > Settings().stop_seconds


@with_helm
def test_a_number_is_written_as_it_was_given() -> None:
    given = {
        "MOFCOM_STALL_SECONDS": 536870912,
        "MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND": 0.5,
        "MOFCOM_WATCH": False,
    }
    found = environment(pods(rendered(settings=given))["parser"])
    assert found["MOFCOM_STALL_SECONDS"] == "536870912"
    assert found["MOFCOM_ARCHIVE_MEMENTOS_PER_SECOND"] == "0.5"
    assert found["MOFCOM_WATCH"] == "false"


ALL = {
    "kafka": {
        "bootstrapServers": "k1:9093,k2:9094",
        "saslMechanism": "OAUTHBEARER",
        "secret": "of-kafka",
        "secrets": {"parser": "of-the-parser"},
        "ca": True,
        "clientCertificate": True,
        "tokenUrl": "https://login/token",
        "tokenScope": "kafka",
        "replicationFactor": 5,
    },
    "database": {"host": "db", "port": 6432, "owner": "avnadmin", "secret": "of-database"},
    "blobs": {"url": "s3://b/p", "region": "r", "endpoint": "http://s3:9000", "secret": "of-s3"},
    "seeds": {"list.txt": "http://www.mofcom.gov.cn/1.shtml\n"},
    "translator": {"modelsClaim": "models"},
}


@with_helm
def test_what_the_chart_says_itself_follows_from_its_values() -> None:
    objects = rendered(**ALL)
    found = {name: environment(pod) for name, pod in pods(objects).items()}
    named = {name for variables in found.values() for name in variables}
    # The folder of the model is where the image has it.
    assert OF_THE_CHART.keys() - named == {"MOFCOM_FIREFOX_MODEL_DIR"}
    parser, fetcher, init = found["parser"], found["fetcher"], found["init"]
    assert parser["MOFCOM_KAFKA_BOOTSTRAP_SERVERS"] == "k1:9093,k2:9094"
    assert parser["MOFCOM_KAFKA_SASL_USERNAME"] == {"name": "of-the-parser", "key": "username"}
    assert fetcher["MOFCOM_KAFKA_SASL_USERNAME"] == {"name": "of-kafka", "key": "username"}
    assert parser["MOFCOM_KAFKA_SASL_TOKEN_URL"] == "https://login/token"
    assert parser["MOFCOM_KAFKA_SASL_TOKEN_SCOPE"] == "kafka"
    assert parser["MOFCOM_BLOB_URL"] == "s3://b/p"
    assert parser["AWS_ENDPOINT_URL"] == "http://s3:9000"
    assert parser["AWS_ACCESS_KEY_ID"] == {"name": "of-s3", "key": "access-key-id"}
    assert init["MOFCOM_KAFKA_REPLICATION_FACTOR"] == "5"
    assert init["MOFCOM_DATABASE_URL"] == "postgresql://avnadmin@db:6432/mofcom?sslmode=require"
    assert fetcher["MOFCOM_DATABASE_URL"].startswith("postgresql://fetcher@db:6432/")
    seeds = of_kind(objects, "ConfigMap")["seeds"]["data"]
    assert seeds.keys() == {"list.txt", "watch.toml"}
    assert tomllib.loads(seeds["watch.toml"]) == tomllib.loads(
        (ROOT / "seeds" / "watch.toml").read_text()
    )


@with_helm
def test_files_are_mounted_where_settings_look_for_them() -> None:
    for pod in pods(rendered(**ALL)).values():
        (container,) = pod["containers"]
        mounted = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
        volumes = {one["name"]: one for one in pod["volumes"]}
        for name, value in environment(pod).items():
            if name.endswith(("_FILE", "_LOCATION")):
                folder, _, file = value.rpartition("/")
                secret = volumes[mounted[folder]]["secret"]
                items = [one["path"] for one in secret.get("items", [])]
                assert file in items or not items, name
            elif name.endswith("_DIR"):
                assert value in mounted, name


CONSOLE = {
    "console": {"enabled": True},
    "settings": {"MOFCOM_CONSOLE_TRUSTED_HEADER": "X-Forwarded-User"},
}


@with_helm
def test_what_several_read_reaches_each_service() -> None:
    found = pods(rendered(**CONSOLE))
    shared = [one for one in settings() if one.also and one.name in OF_THE_CHART]
    assert len(shared) > 1
    for one in shared:
        for name in one.also:
            assert one.name in environment(found[name]), (one.name, name)


@with_helm
def test_the_fetcher_is_open_unless_it_has_tokens() -> None:
    assert environment(pods(rendered())["fetcher"])["MOFCOM_FETCHER_OPEN"] == "true"
    tokens = {"MOFCOM_FETCHER_TOKENS_FILE": "/run/mofcom/files/tokens"}
    found = environment(pods(rendered(settings=tokens, filesSecret="files"))["fetcher"])
    assert "MOFCOM_FETCHER_OPEN" not in found


@with_helm
def test_the_owners_have_the_passwords_of_all_roles() -> None:
    found = pods(rendered())
    for name in ("init", "cli"):
        volumes = {one["name"]: one for one in found[name]["volumes"]}
        paths = {one["path"] for one in volumes["database"]["secret"]["items"]}
        assert paths == {"password", *(f"{role}/database-password" for role in ROLES)}


@with_helm
def test_a_service_is_given_no_password_but_its_own() -> None:
    found = pods(rendered())
    for name in SERVICES:
        volumes = {one["name"]: one for one in found[name]["volumes"]}
        if name in ("parser", "translator"):
            assert "database" not in volumes
            assert "MOFCOM_DATABASE_URL" not in environment(found[name])
        else:
            keys = [one["key"] for one in volumes["database"]["secret"]["items"]]
            assert keys == [f"{name}-password"]


@with_helm
def test_who_has_nothing_to_do_with_bodies_has_no_keys_of_the_bucket() -> None:
    found = pods(rendered(**ALL, **CONSOLE))
    keys = {name for name, pod in found.items() if "AWS_SECRET_ACCESS_KEY" in environment(pod)}
    assert found.keys() - keys == {"console", "notifier", "init"}
    assert not [
        name for name in found.keys() - keys if "MOFCOM_BLOB_URL" in environment(found[name])
    ]


@with_helm
def test_the_console_asks_as_an_analyst() -> None:
    tokens = {"MOFCOM_CONSOLE_TOKENS_FILE": "/run/mofcom/files/tokens"}
    objects = rendered(console={"enabled": True}, settings=tokens, filesSecret="files")
    pod = pods(objects)["console"]
    assert environment(pod)["MOFCOM_DATABASE_URL"].startswith("postgresql://analyst@")
    assert "/run/mofcom/files" in [one["mountPath"] for one in pod["containers"][0]["volumeMounts"]]
    assert (
        "console=http://notices-console:8080"
        in (environment(pods(objects)["cli"])["MOFCOM_SERVICE_URLS"])
    )


@with_helm
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"settings": {"MOFCOM_WACTH": "true"}}, "MOFCOM_WACTH"),
        ({"settings": {"MOFCOM_BLOB_URL": "file:///blobs"}}, "MOFCOM_BLOB_URL"),
        ({"kafka": {"bootstrapServers": ""}}, "kafka.bootstrapServers"),
        ({"database": {"host": ""}}, "database.host"),
        ({"blobs": {"url": ""}}, "blobs.url"),
        ({"console": {"enabled": True}}, "console.enabled"),
        (
            {
                "kafka": {"bootstrapServers": "k:1", "saslMechanism": "OAUTHBEARER"},
                "keda": {"enabled": True},
            },
            "keda.enabled",
        ),
    ],
)
def test_wrong_values_are_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        rendered(**values)


@with_helm
def test_every_pod_is_confined() -> None:
    for name, pod in pods(rendered()).items():
        assert pod["securityContext"]["runAsNonRoot"], name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"]["memory"]
        assert pod["securityContext"]["runAsUser"] == _user_of_the_image()


def _user_of_the_image() -> int:
    file = (ROOT / "deploy" / "docker" / "Dockerfile").read_text()
    return int(file.partition("--uid ")[2].split()[0])


@with_helm
def test_services_are_probed_disrupted_one_at_a_time_and_two_fetchers_run() -> None:
    objects = rendered()
    budgets, deployments = of_kind(objects, "PodDisruptionBudget"), of_kind(objects, "Deployment")
    for name in SERVICES:
        (container,) = deployments[name]["spec"]["template"]["spec"]["containers"]
        assert container["command"] == ["python", "-m", f"services.{name}"]
        assert container["livenessProbe"]["httpGet"]["path"] == "/live"
        assert container["readinessProbe"]["httpGet"]["path"] == "/ready"
        assert budgets[name]["spec"]["maxUnavailable"] == 1
        assert (
            budgets[name]["spec"]["selector"]["matchLabels"].items()
            <= deployments[name]["spec"]["template"]["metadata"]["labels"].items()
        )
    assert deployments["fetcher"]["spec"]["replicas"] == 2


@with_helm
def test_the_init_job_runs_before_the_rest() -> None:
    (job,) = of_kind(rendered(), "Job").values()
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    pod = job["spec"]["template"]["spec"]
    # What is not there before the release is installed.
    assert "serviceAccountName" not in pod
    assert not [one for one in pod["volumes"] if "configMap" in one]


@with_helm
@pytest.mark.parametrize("keda", [False, True])
def test_parser_and_translator_are_scaled(keda: bool) -> None:
    objects = rendered(keda={"enabled": keda, "lag": 50})
    scalers = of_kind(objects, "ScaledObject" if keda else "HorizontalPodAutoscaler")
    assert scalers.keys() == {"parser", "translator"}
    assert not of_kind(objects, "HorizontalPodAutoscaler" if keda else "ScaledObject")
    deployments = of_kind(objects, "Deployment")
    for name, scaler in scalers.items():
        assert "replicas" not in deployments[name]["spec"]
        assert scaler["spec"]["scaleTargetRef"]["name"] == deployments[name]["metadata"]["name"]
        if keda:
            (trigger,) = scaler["spec"]["triggers"]
            assert trigger["metadata"]["consumerGroup"] == name
            assert trigger["metadata"]["topic"] in {topic.name for topic in READ_BY[name]}
            assert (trigger["metadata"]["sasl"], trigger["metadata"]["tls"]) == (
                "scram_sha512",
                "enable",
            )


@with_helm
def test_only_fetcher_translator_and_notifier_leave_the_cluster() -> None:
    objects = rendered(**ALL)
    policies = of_kind(objects, "NetworkPolicy")
    ours, internet = policies["stores"]["spec"], policies["internet"]["spec"]
    (chosen,) = internet["podSelector"]["matchExpressions"]
    assert chosen["values"] == ["fetcher", "translator", "notifier"]
    assert internet["egress"][0]["to"][0]["ipBlock"]["except"]
    for name, deployment in of_kind(objects, "Deployment").items():
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert ours["podSelector"]["matchLabels"].items() <= labels.items(), name
    assert ours["policyTypes"] == ["Ingress", "Egress"]
    blocks = {
        peer["ipBlock"]["cidr"]
        for rule in ours["egress"]
        for peer in rule.get("to", [])
        if "ipBlock" in peer
    }
    assert blocks == {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}
    ports = [port["port"] for rule in ours["egress"] for port in rule["ports"]]
    assert sorted(set(ports)) == [53, 443, 6432, 8080, 9000, 9093, 9094]


@with_helm
def test_a_packaged_chart_has_the_watch_list_and_no_examples(tmp_path: Path) -> None:
    assert HELM is not None
    subprocess.run(
        [HELM, "package", str(CHART), "-d", str(tmp_path)], check=True, capture_output=True
    )
    (package,) = tmp_path.glob("*.tgz")
    shutil.unpack_archive(package, tmp_path)
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")}
    assert "mofcom-notices/files/watch.toml" in names
    assert not [name for name in names if "examples" in name]
