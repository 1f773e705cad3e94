#pragma once

#include "core/project/run_store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace perennial {

class Database;

/// What people say of a run. @error NotTrained where there is no such run; ReadOnly.
Status setRunNote(Project &project, std::int64_t run, const std::string &note,
                  const std::string &tags);

/// A run that was taken out, as it stood in the file: weights that are damaged come back damaged.
class RemovedRun {
public:
    struct Rows;
    RemovedRun(RunRecord record, std::shared_ptr<const Rows> rows);
    const RunRecord &record() const noexcept { return m_record; }

private:
    friend Status restoreRun(Project &project, const RemovedRun &run);
    RunRecord m_record;
    std::shared_ptr<const Rows> m_rows;
};

/// Takes a run out with its epochs, weights and checkpoint. Its number is not given to another run.
/// A model whose champion was taken out has none until another is chosen.
/// @error NotTrained where there is no such run; InvalidArgument (detail "running") for one that
/// runs; ReadOnly.
Result<RemovedRun> removeRun(Project &project, std::int64_t run);
/// Puts it back, as champion if it was one. @error InvalidArgument where its number is taken, or a
/// user was erased since (where: "erased"): the run may have learned from him.
Status restoreRun(Project &project, const RemovedRun &run);

/// The run that was champion of a model before the one that is: what a roll-back goes to. By the
/// audit log; runs that were taken out are passed over.
Result<std::optional<std::int64_t>> formerChampion(const Project &project,
                                                   const std::string &model);

/// One more than any run has had. Private to core/project.
std::int64_t nextRunId(Database &database);

} // namespace perennial
