import type { Props } from "../../../../tools/mutants/operator";
import { callee, inbound, manager, proxy } from "../../../../tools/mutants/operators/bootstraps";
import { first } from "../../../../tools/mutants/operators/documents";
import { bootstrap, containers, removed, setTo, unknownAt, unknownContainers, type RuleCases } from "./case";

const service = "aws:ecs/service:Service";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const order = "order-service";
const meshComponent = "shop:mesh:ServiceMesh";
const certificate = "tls:index/locallySignedCert:LocallySignedCert";

/** What the rules on the mesh must refuse, in the dev stack at its first preview. */
export const meshCases: Readonly<Record<string, RuleCases>> = {
    "mesh-mtls": {
        violating: [
            bootstrap(order, (each) => {
                const chain = first(
                    inbound(each).filter_chains as { transport_socket: { typed_config: Props } }[],
                );
                chain.transport_socket.typed_config.require_client_certificate = false;
            }),
            'bootstrap.static_resources.listeners["inbound"].filter_chains["inbound"].transport_socket.typed_config.require_client_certificate: found false; required true',
        ],
        missing: [
            bootstrap(order, (each) => {
                delete callee(each).transport_socket;
            }),
            'bootstrap.static_resources.clusters["user-service"].transport_socket: found plain text; required mutual TLS (an UpstreamTlsContext)',
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
    "mesh-readable": {
        violating: [
            bootstrap(order, (each) => {
                manager(inbound(each)).forward_client_cert_matcher = { on_no_match: {} };
            }),
            'bootstrap.static_resources.listeners["inbound"].filter_chains["inbound"].filters["envoy.filters.network.http_connection_manager"].typed_config.forward_client_cert_matcher: found a field that no rule reads; required fields whose effect this pack knows',
        ],
        missing: [
            bootstrap(order, (each) => {
                delete (each.admin as Props).allow_paths;
            }),
            "bootstrap.admin.allow_paths: found nothing; required a list of pages that change nothing",
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
    "mesh-circuit-breaker": {
        violating: [
            bootstrap(order, (each) => {
                (callee(each).outlier_detection as Props).consecutive_5xx = 6;
            }),
            'bootstrap.static_resources.clusters["user-service"].outlier_detection.consecutive_5xx: found 6; required 1 to 5',
        ],
        missing: [
            bootstrap(order, (each) => {
                delete callee(each).outlier_detection;
            }),
            'bootstrap.static_resources.clusters["user-service"].outlier_detection: found nothing; required a circuit breaker of 5 failures',
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
    "mesh-authorization": {
        violating: [
            bootstrap(order, (each) => {
                const filter = first(
                    manager(inbound(each)).http_filters as { typed_config: { rules: Props } }[],
                );
                filter.typed_config.rules.action = "LOG";
            }),
            'bootstrap.static_resources.listeners["inbound"].filter_chains["inbound"].filters["envoy.filters.network.http_connection_manager"].typed_config.http_filters["envoy.filters.http.rbac"].typed_config.rules.action: found "LOG"; required "ALLOW": everything else is denied',
        ],
        missing: [
            removed("shop:mesh:ServiceMesh"),
            "call graph: found no mesh; required one ServiceMesh that registers who may call whom",
        ],
        unknown: [
            unknownAt("shop:mesh:ServiceMesh", undefined, "callers"),
            'callers["user-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["product-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["order-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["payment-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["inventory-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["notification-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["analytics-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            'callers["search-service"]: found a value that is unknown until it is deployed; required a list that is known at preview',
            "callers.ingress: found a value that is unknown until it is deployed; required a list that is known at preview",
        ],
    },
    "mesh-traffic": {
        violating: [
            bootstrap(order, (each) => {
                callee(each).lb_policy = "RANDOM";
            }),
            'bootstrap.static_resources.clusters["user-service"].lb_policy: found "RANDOM"; required one of ROUND_ROBIN, LEAST_REQUEST',
        ],
        missing: [
            bootstrap(order, (each) => {
                delete callee(each).health_checks;
            }),
            'bootstrap.static_resources.clusters["user-service"].health_checks: found nothing; required an active health check',
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
    "mesh-discovery": {
        violating: [
            setTo("aws:servicediscovery/service:Service", order, "dnsConfig.dnsRecords.0.ttl", 60),
            "dnsConfig.dnsRecords[0].ttl: found 60; required at most 10 s",
        ],
        missing: [
            setTo(service, order, "serviceRegistries", undefined),
            "serviceRegistries.registryArn: found nothing; required the arn of the Cloud Map service of this program that has the service's name",
        ],
        unknown: [
            unknownAt(service, order, "serviceRegistries"),
            "serviceRegistries.registryArn: found a value that is unknown until it is deployed; required the arn of the Cloud Map service of this program that has the service's name",
        ],
    },
    "mesh-observability": {
        violating: [
            containers(order, (each) => {
                (proxy(each).logConfiguration as { options: Props }).options["awslogs-group"] = "/elsewhere";
            }),
            'containerDefinitions["envoy"].logConfiguration.options["awslogs-group"]: found "/elsewhere"; required the name of a log group of this program',
        ],
        missing: [
            bootstrap(order, (each) => {
                delete manager(inbound(each)).access_log;
            }),
            'bootstrap.static_resources.listeners["inbound"].filter_chains["inbound"].filters["envoy.filters.network.http_connection_manager"].typed_config.access_log: found none like that; required a log of every request with %RESPONSE_CODE%, %UPSTREAM_CLUSTER%, %DURATION%, %REQ(X-REQUEST-ID)%',
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
    "mesh-stopping": {
        violating: [
            containers(order, (each) => {
                proxy(each).stopTimeout = 10;
            }),
            'containerDefinitions["envoy"].stopTimeout: found 10; required longer than 32 s, for which it drains',
        ],
        missing: [
            containers(order, (each) => {
                delete proxy(each).command;
            }),
            'containerDefinitions["envoy"].command: found nothing; required a trap on TERM that fails the health check, sleeps at least 12 s and ends Envoy',
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
    "mesh-membership": {
        violating: [
            setTo(service, order, "networkConfiguration.assignPublicIp", true),
            "networkConfiguration.assignPublicIp: found true; required false",
        ],
        missing: [
            setTo("aws:lb/loadBalancer:LoadBalancer", undefined, "securityGroups", undefined),
            "securityGroups: found nothing; required security groups of this program",
        ],
        unknown: [
            unknownAt("aws:lb/loadBalancer:LoadBalancer", undefined, "internal"),
            "internal: found a value that is unknown until it is deployed; required true: clients come through API Gateway",
        ],
    },
    "mesh-certificates": {
        violating: [
            setTo(certificate, "order-service-identity", "validityPeriodHours", 8760),
            "validityPeriodHours: found 8760; required at most 720 hours",
        ],
        missing: [
            setTo(certificate, "order-service-identity", "earlyRenewalHours", undefined),
            "earlyRenewalHours: found nothing; required at least 360 hours before the end",
        ],
        unknown: [
            unknownAt(task, order, "executionRoleArn"),
            "executionRoleArn: found none (a value that is unknown until it is deployed); required an output of exactly one aws:iam/role:Role of this program",
        ],
    },
    "migration-phase": {
        violating: [
            setTo(meshComponent, undefined, "phase", 2),
            'phase: found 2; required 3, or an entry of allowed for stack "test" and phase 2',
        ],
        missing: [
            setTo(meshComponent, undefined, "phase", undefined),
            "phase: found nothing; required 1, 2 or 3, registered together with how services call each other",
        ],
        unknown: [
            unknownAt(meshComponent, undefined, "phase"),
            "phase: found a value that is unknown until it is deployed; required 1, 2 or 3, registered together with how services call each other",
        ],
    },
    "no-app-mesh": {
        violating: [
            setTo(task, order, "proxyConfiguration", { type: "APPMESH" }),
            'proxyConfiguration: found {"type":"APPMESH"}; required nothing: the sidecar is a container like any other',
        ],
        missing: [
            setTo(task, order, "proxyConfiguration", {}),
            "proxyConfiguration: found {}; required nothing: the sidecar is a container like any other",
        ],
        unknown: [
            unknownAt(task, order, "proxyConfiguration"),
            "proxyConfiguration: found a value that is unknown until it is deployed; required nothing: the sidecar is a container like any other",
        ],
    },
};
