// The vocabulary of the public figures: which dossiers count, which closings end bad housing, names and colours of
// charts.
#pragma once

#include <span>
#include <string_view>

namespace histologe::statistics {

// Drafts, archives and the accelerated procedure are in no figure but that of the zones. (Reference of statistics:
// excluded statuses.) A status that is not known to us counts.
bool estExclu(std::string_view statut) noexcept;

// A closing for this motif means that the household is out of bad housing. (Reference of statistics, 1.3.)
bool estResolu(std::string_view motif) noexcept;

// A part of a chart: the code that is stored, what people read, the colour the front draws it in.
struct Part {
    std::string_view code;
    std::string_view libelle;
    std::string_view couleur;
};

// The statuses that are charted, in the order of the chart.
std::span<const Part> partsStatut() noexcept;

// The zones, BATIMENT then LOGEMENT.
std::span<const Part> partsZone() noexcept;

// Colours of a top list, first place first. As many as the list has places.
std::span<const std::string_view> couleursPalmares() noexcept;

// Name of a closing motif; the code itself when we do not know it. Nine motifs are of closings before the present form.
std::string_view libelleMotif(std::string_view code) noexcept;

}  // namespace histologe::statistics
