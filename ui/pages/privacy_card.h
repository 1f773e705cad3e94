#pragma once

#include "core/project/audit.h"
#include "ui/widgets/card.h"

#include <QStringList>

#include <cstdint>
#include <optional>
#include <string>

namespace perennial {

class FactLines;
class Project;

/// How a project keeps its users' data.
struct PrivacyFacts {
    std::optional<std::string> fingerprint; ///< of the pseudonyms' key; empty = users' own ids
    std::int64_t forgotten = 0;             ///< users erased
    AuditCheck audit;
    QStringList retrainDue; ///< champions that learned from an erased user: "BG/NBD, run 3"
};
/// Reads the whole log: for a worker.
Result<PrivacyFacts> readPrivacyFacts(const Project &project);

/// Pseudonyms, erased users, the log's chain and what is due to be trained again.
class PrivacyCard : public Card {
    Q_OBJECT

public:
    explicit PrivacyCard(QWidget *parent = nullptr);
    /// @param facts nothing without a project.
    void show(const std::optional<PrivacyFacts> &facts);
    /// "Users: pseudonyms, key 1f3c…", a line each, as shown.
    const QStringList &lines() const noexcept;

private:
    FactLines *m_lines = nullptr;
};

} // namespace perennial
