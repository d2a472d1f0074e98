#include "libs/http/dispatcher.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "libs/core/log.hpp"
#include "libs/http/idempotency.hpp"
#include "libs/http/problem.hpp"
#include "libs/http/target.hpp"
#include "libs/http/trace.hpp"
#include "libs/http/wire.hpp"

namespace histologe::http {
namespace {

using core::Error;
using core::ErrorKind;

constexpr const char* kDuration = "histologe_http_requests_seconds";
constexpr const char* kDurationHelp = "Time from the last byte of a request to its answer, by operation and status.";

// Bodies of requests that no operation takes are read before they are refused, but not beyond this.
constexpr std::size_t kUnroutedBody = 64 * 1024;

Response notFound(const std::string& requestId) {
    return problem(404, "adresse_inconnue", "Il n'y a rien à cette adresse.", requestId);
}

// `WWW-Authenticate` (RFC 6750, 3): what the client should do about a refusal; empty when nothing would help.
std::string challenge(const Error& error, const std::string& scope) {
    const std::string bearer = "Bearer realm=\"histologe\"";
    if (error.kind() == ErrorKind::Forbidden && error.code() == kScopeMissing) {
        return bearer + ", error=\"insufficient_scope\", scope=\"" + scope + "\"";
    }
    if (error.kind() != ErrorKind::Unauthenticated) return {};
    return error.code() == kTokenRefused ? bearer + ", error=\"invalid_token\"" : bearer;
}

void agree(const Contract& contract, const Router& router) {
    std::string missing;
    std::string superfluous;
    for (const auto& operation : contract.operations()) {
        if (!router.bindings().contains(operation.operationId)) missing += " " + operation.operationId;
    }
    for (const auto& [operationId, binding] : router.bindings()) {
        if (contract.find(operationId) == nullptr) superfluous += " " + operationId;
    }
    if (missing.empty() && superfluous.empty()) return;
    std::string why = "the contract and the service disagree";
    if (!missing.empty()) why += "; operations without a handler:" + missing;
    if (!superfluous.empty()) why += "; handlers without an operation:" + superfluous;
    throw std::logic_error(why);
}

}  // namespace

Dispatcher::Dispatcher(const ServerSettings& settings, Contract contract, Router router, core::Metrics& metrics,
                       ServerHooks hooks)
    : settings_(settings), metrics_(metrics), hooks_(hooks), cors_(settings.allowedOrigins) {
    agree(contract, router);
    if (hooks_.authenticator == nullptr) hooks_.authenticator = &anonymousOnly_;
    if (hooks_.clock == nullptr) hooks_.clock = &systemClock_;
    SchemaCompiler compiler(contract.schemas());
    for (const auto& read : contract.operations()) {
        auto operation = std::make_unique<Operation>();
        const auto& binding = router.bindings().at(read.operationId);
        operation->contract = read;
        operation->handler = binding.handler;
        operation->where = binding.where;
        if (binding.mayAnswerLater && read.isIdempotent) {
            throw std::logic_error("operation " + read.operationId + " is done once by key: it cannot be answered later");
        }
        operation->variableNames = RouteTable::variableNames(read.path);
        operation->checks = std::make_unique<OperationChecks>(read, compiler);
        if (read.rateLimit) {
            operation->rateLimiter =
                std::make_unique<RateLimiter>(read.rateLimit->limit, read.rateLimit->windowSeconds, *hooks_.clock);
        }
        routes_.add(read.method, read.path, operations_.size());
        operations_.push_back(std::move(operation));
    }
    unknown_.contract.operationId = "aucune";
}

Dispatcher::~Dispatcher() = default;

std::size_t Dispatcher::bodyLimit(const RawRequest& head) const {
    const auto target = readTarget(head.target);
    if (!target) return kUnroutedBody;
    const auto match = routes_.find(target->segments);
    if (match.methods == nullptr) return kUnroutedBody;
    const auto place = match.methods->byName.find(head.method);
    if (place == match.methods->byName.end()) return kUnroutedBody;
    return operations_[place->second]->contract.maxBodyBytes.value_or(settings_.maxBody);
}

Call Dispatcher::begin(RawRequest&& raw, const std::string& peerAddress) {
    Call call;
    call.started = std::chrono::steady_clock::now();
    call.isHead = raw.method == "HEAD";
    call.keepsAlive = raw.keepsAlive;
    call.isHttp11 = raw.isHttp11;
    call.bytesIn = raw.body.size();
    route(call, raw, peerAddress);
    return call;
}

void Dispatcher::route(Call& call, RawRequest& raw, const std::string& peerAddress) {
    auto& request = call.request;
    request.method = std::move(raw.method);
    request.target = std::move(raw.target);
    request.headers = std::move(raw.headers);
    request.body = std::move(raw.body);
    request.deadline = call.started + settings_.requestDeadline;
    request.remoteAddress = settings_.trustForwardedFor ? forwardedFor(request.headers, peerAddress) : peerAddress;
    request.traceparent = continueTrace(request.headers.get("traceparent"));
    const auto sentId = request.headers.get("X-Request-Id");
    request.requestId = isRequestId(sentId) ? sentId : traceIdOf(request.traceparent);
    if (!settings_.allowedOrigins.empty()) call.origin = request.headers.get("Origin");

    if (request.target == "*" && request.method == "OPTIONS") {
        call.immediate = Response::noContent();
        call.immediate->headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        return;
    }
    auto target = readTarget(request.target);
    if (!target) {
        call.immediate = problem(400, "adresse_invalide", "L'adresse demandée est mal écrite.", request.requestId);
        return;
    }
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    auto match = routes_.find(target->segments);
    if (match.methods == nullptr) {
        call.immediate = notFound(request.requestId);
        return;
    }
    auto place = match.methods->byName.find(request.method);
    if (place == match.methods->byName.end() && call.isHead) place = match.methods->byName.find("GET");
    if (place == match.methods->byName.end()) {
        if (request.method == "OPTIONS") {
            call.immediate = cors_.preflight(call.origin, match.methods->allow);
        } else {
            call.immediate =
                problem(405, "methode_refusee", "Cette adresse n'accepte pas cette méthode.", request.requestId);
            call.immediate->headers.add("Allow", match.methods->allow);
        }
        return;
    }
    call.operation = operations_[place->second].get();
    request.operationId = call.operation->contract.operationId;
    for (std::size_t i = 0; i < match.variables.size(); ++i) {
        request.pathParameters.add(call.operation->variableNames[i], std::move(match.variables[i]));
    }
}

std::optional<Response> Dispatcher::run(Call& call, const AnswerLater& later) {
    return guarded(call, [&] { return handle(call, later); });
}

Response Dispatcher::resume(Call& call, const std::function<Response()>& rest) {
    return *guarded(call, [&] { return std::optional(completed(call, rest())); });
}

std::optional<Response> Dispatcher::guarded(Call& call, const std::function<std::optional<Response>()>& work) const {
    auto& request = call.request;
    const core::log::TraceScope scope{std::string(traceIdOf(request.traceparent))};
    try {
        return work();
    } catch (const Error& error) {
        if (core::httpStatus(error.kind()) >= 500) {
            core::log::error("http_operation_failed", {{"operation", request.operationId}, {"error", error.what()}});
        }
        auto response = problem(error, request.requestId);
        if (const auto value = challenge(error, call.operation->contract.scope); !value.empty()) {
            response.headers.add("WWW-Authenticate", value);
        }
        if (error.kind() == ErrorKind::Unavailable) response.headers.add("Retry-After", "5");
        return response;
    } catch (const std::exception& error) {
        core::log::error("http_operation_failed", {{"operation", request.operationId}, {"error", error.what()}});
    }
    return problem(500, "erreur_interne", "Le service a rencontré une erreur. Réessayez dans quelques instants.",
                   request.requestId);
}

// In order: who asks, how often, what is asked, then the work itself.
std::optional<Response> Dispatcher::handle(Call& call, const AnswerLater& later) {
    auto& request = call.request;
    auto& operation = *call.operation;
    const auto count = [&](const std::string& who) {
        call.verdict = operation.rateLimiter->take(who);
        return call.verdict->isAllowed;
    };
    const auto refused = [&] { return tooManyRequests(*operation.rateLimiter, *call.verdict, request.requestId); };
    const bool isPerAddress = operation.rateLimiter && operation.contract.rateLimit->per == "address";
    if (isPerAddress && !count(request.remoteAddress)) return refused();
    request.principal = hooks_.authenticator->authenticate(request, operation.contract.scope);
    if (operation.rateLimiter && !isPerAddress &&
        !count(request.principal ? "s " + request.principal->subject : "a " + request.remoteAddress)) {
        return refused();
    }
    operation.checks->checkRequest(request);
    return runOnce(call, later);
}

std::optional<Response> Dispatcher::runOnce(Call& call, const AnswerLater& later) {
    if (call.operation->contract.isIdempotent && hooks_.idempotency != nullptr) {
        // What is answered under a key is kept as it was checked, without what depends on the moment.
        return limited(call, runOnceByKey(*hooks_.idempotency, call.request, [&] {
            return checked(call, *call.operation->handler(call.request, later));
        }));
    }
    auto response = call.operation->handler(call.request, later);
    if (!response) {
        // Whoever answers later has what it needs: the bulk is freed now, by the thread that made it.
        call.request.body = std::string();
        call.request.json = nullptr;
        return std::nullopt;
    }
    return completed(call, std::move(*response));
}

Response Dispatcher::completed(const Call& call, Response response) const {
    return limited(call, checked(call, std::move(response)));
}

Response Dispatcher::limited(const Call& call, Response response) {
    return call.verdict ? withRateLimit(std::move(response), *call.operation->rateLimiter, *call.verdict) : response;
}

Response Dispatcher::checked(const Call& call, Response response) const {
    if (!settings_.validateResponses) return response;
    const auto wrong = call.operation->checks->checkResponse(response);
    if (wrong.empty()) return response;
    std::string all;
    for (const auto& line : wrong) all += (all.empty() ? "" : "; ") + line;
    core::log::error("http_response_breaks_contract", {{"operation", call.request.operationId}, {"error", all}});
    return problem(500, "reponse_hors_contrat", all, call.request.requestId);
}

std::string Dispatcher::finish(Call& call, Response response, bool closes) {
    const bool willClose = closes || !call.keepsAlive;
    response.headers.set("X-Request-Id", call.request.requestId);
    if (!response.headers.has("Cache-Control")) response.headers.add("Cache-Control", "no-store");
    response.headers.set("X-Content-Type-Options", "nosniff");
    cors_.decorate(call.origin, response);
    auto bytes = toWire(response, {call.isHead, willClose, call.isHttp11});
    observe(call, response, bytes.size());
    return bytes;
}

void Dispatcher::observe(Call& call, const Response& response, std::size_t bytesOut) {
    auto& operation = call.operation == nullptr ? unknown_ : *call.operation;
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - call.started).count();
    const auto index = static_cast<std::size_t>(std::clamp(response.status, 0, 599));
    auto* histogram = operation.durations[index].load(std::memory_order_acquire);
    if (histogram == nullptr) {
        histogram = &metrics_.histogram(
            kDuration, kDurationHelp,
            {{"operation", operation.contract.operationId}, {"status", std::to_string(response.status)}});
        operation.durations[index].store(histogram, std::memory_order_release);
    }
    histogram->observe(seconds);
    if (!settings_.logRequests) return;
    const core::log::TraceScope scope{std::string(traceIdOf(call.request.traceparent))};
    core::log::info("http_request", {{"operation", operation.contract.operationId},
                                     {"method", call.request.method},
                                     {"status", response.status},
                                     {"ms", seconds * 1000},
                                     {"bytesIn", call.bytesIn},
                                     {"bytesOut", bytesOut},
                                     {"requestId", call.request.requestId}});
}

std::string Dispatcher::refuse(const ParseFailure& failure) {
    Call call;
    call.started = std::chrono::steady_clock::now();
    call.request.traceparent = continueTrace({});
    call.request.requestId = traceIdOf(call.request.traceparent);
    call.request.method = "-";
    return finish(call, problem(failure.status, failure.code, failure.detail, call.request.requestId), true);
}

Response Dispatcher::overloaded(const Call& call) {
    auto response =
        problem(503, "service_surcharge", "Le service reçoit trop de demandes. Réessayez dans quelques instants.",
                call.request.requestId);
    response.headers.add("Retry-After", "2");
    return response;
}

Response Dispatcher::tooLate(const Call& call, bool wasRunning) {
    if (!wasRunning) return overloaded(call);
    return problem(504, "delai_depasse",
                   "Le service met trop de temps à répondre. Vérifiez si votre demande a été prise en compte avant de "
                   "la renouveler.",
                   call.request.requestId);
}

}  // namespace histologe::http
