#include "services/statistics/http/memoire.hpp"

namespace histologe::statistics {

Memoire::Texte Memoire::get(const std::string& key, const std::function<std::string()>& calculer) {
    if (duree_.count() == 0) return std::make_shared<const std::string>(calculer());
    std::unique_lock lock(mutex_);
    auto& entree = entrees_[key];  // a map's references hold while others are added
    while (true) {
        if (entree.texte && (clock_.now() < entree.perime || entree.enCalcul)) return entree.texte;
        if (!entree.enCalcul) break;
        calcule_.wait(lock);
    }
    entree.enCalcul = true;
    lock.unlock();
    Texte texte;
    try {
        texte = std::make_shared<const std::string>(calculer());
    } catch (...) {
        lock.lock();
        entree.enCalcul = false;
        calcule_.notify_all();
        throw;
    }
    lock.lock();
    entree = {texte, clock_.now() + duree_, false};
    calcule_.notify_all();
    return texte;
}

}  // namespace histologe::statistics
