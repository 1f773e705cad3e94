#include "core/recommend/recommend.h"

#include "core/recommend/quick_lists.h"

namespace perennial {

namespace {

Result<RecommendationList> recommendUser(const Project &project, const UserRecord &user,
                                         const RecommendOptions &options)
{
    const auto recommender = Recommender::load(project, options, {});
    return recommender ? recommender->forUser(project, user) : recommender.error();
}

} // namespace

Result<RecommendationList> recommendForUser(const Project &project, const std::string &userKey,
                                            const RecommendOptions &options)
{
    const auto user = findUser(project, userKey);
    return user ? recommendUser(project, *user, options) : user.error();
}

Result<RecommendationList> recommendForUser(const Project &project, std::int64_t user,
                                            const RecommendOptions &options)
{
    const auto found = findUserById(project, user);
    return found ? recommendUser(project, *found, options) : found.error();
}

Result<std::int64_t> recommendAll(const Project &project, const RecommendOptions &options,
                                  const std::function<Status(const RecommendationList &)> &each,
                                  const Task &task)
{
    if (!options.values) {
        return listsOfModel(project, options, each, task);
    }
    const auto recommender = Recommender::load(project, options, task.part(0, 0.4));
    return recommender ? recommender->forAll(project, each, task.part(0.4, 1))
                       : recommender.error();
}

} // namespace perennial
