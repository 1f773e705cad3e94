#pragma once

#include "core/privacy/forget.h"
#include "core/privacy/project_key.h"
#include "core/project/audit.h"

#include <QString>
#include <QStringList>

namespace perennial {

/// "143 events, 12 orders, 3 attributes": what is erased of a user, without what there is none of.
QString tracesText(const UserTraces &traces);
/// What a forget leaves to do or could not reach, a sentence each: models, backups, old bytes.
QStringList forgetWarnings(const ForgetReport &report);
/// The log could not be emptied while somebody reads.
QString logKeptText();
/// Where the key of the pseudonyms is, and that a new one is to be kept.
QString projectKeyText(const ProjectKey &key);
/// "48 lines, the chain holds" or where it does not.
QString auditCheckText(const AuditCheck &check);
/// "retrain due": beside a run that learned from a user who was erased.
QString retrainDueText();

} // namespace perennial
