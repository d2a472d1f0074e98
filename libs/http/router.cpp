#include "libs/http/router.hpp"

#include <stdexcept>
#include <utility>

namespace histologe::http {

namespace {

LaterHandler atOnce(Handler handler) {
    if (!handler) return {};
    return [handler = std::move(handler)](const Request& request, const AnswerLater&) {
        return std::optional(handler(request));
    };
}

}  // namespace

void Router::bind(std::string operationId, Handler handler) {
    add(std::move(operationId), {atOnce(std::move(handler)), Where::Worker, false});
}

void Router::bindInline(std::string operationId, Handler handler) {
    add(std::move(operationId), {atOnce(std::move(handler)), Where::Inline, false});
}

void Router::bindAside(std::string operationId, Handler handler) {
    add(std::move(operationId), {atOnce(std::move(handler)), Where::Aside, false});
}

void Router::bindLater(std::string operationId, LaterHandler handler) {
    add(std::move(operationId), {std::move(handler), Where::Worker, true});
}

void Router::add(std::string operationId, Binding binding) {
    if (!binding.handler) throw std::logic_error("operation " + operationId + " is bound to no function");
    const auto [place, isNew] = bindings_.try_emplace(operationId, std::move(binding));
    if (!isNew) throw std::logic_error("operation " + operationId + " is bound twice");
}

}  // namespace histologe::http
