// Recipes from any JSON, and back.

#include "tests/fuzz/fuzz_support.h"

#include "core/ingest/encoding.h"
#include "core/ingest/recipe.h"

using namespace perennial;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::string json = input.rest();
    const auto recipe = recipeFromJson(json, "recipe");
    if (!recipe) {
        require(recipe.error().code == ErrorCode::BadConfiguration &&
                    recipe.error().where == "recipe" && !recipe.error().detail.empty(),
                "what is wrong is said");
        return 0;
    }
    const std::string written = recipeToJson(*recipe);
    const auto again = recipeFromJson(written, "written");
    require(again.ok(), "what is written can be read");
    require(*again == *recipe, "a recipe reads back");
    require(recipeToJson(*again) == written, "a recipe is always written in the same way");
    require(mergeRecipes(*recipe, {}) == *recipe, "nothing over a recipe is the recipe");
    require(mergeRecipes({}, *recipe) == *recipe, "a recipe over nothing is the recipe");
    require(mergeRecipes(*recipe, *recipe) == mergeRecipes({}, *recipe), "twice is once");
    return 0;
}
