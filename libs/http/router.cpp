#include "libs/http/router.hpp"

#include <stdexcept>
#include <utility>

namespace histologe::http {

void Router::bind(std::string operationId, Handler handler) {
    add(std::move(operationId), std::move(handler), Where::Worker);
}

void Router::bindInline(std::string operationId, Handler handler) {
    add(std::move(operationId), std::move(handler), Where::Inline);
}

void Router::bindAside(std::string operationId, Handler handler) {
    add(std::move(operationId), std::move(handler), Where::Aside);
}

void Router::add(std::string operationId, Handler handler, Where where) {
    if (!handler) throw std::logic_error("operation " + operationId + " is bound to no function");
    const auto [place, isNew] = bindings_.try_emplace(operationId, Binding{std::move(handler), where});
    if (!isNew) throw std::logic_error("operation " + operationId + " is bound twice");
}

}  // namespace histologe::http
