#include "core/sample/catalog.h"

#include "core/base/rng.h"
#include "core/sample/streams.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace perennial {

namespace {

constexpr int kLinesPerCategory = 6;
constexpr int kClusters = 12;

struct CategoryNames {
    std::string_view name;
    double usualPrice;
    std::array<std::string_view, kLinesPerCategory> lines;
};

constexpr std::array<CategoryNames, 20> kCategories{{
    {"Kitchen", 32, {"Saucepan", "Chef's Knife", "Cutting Board", "Mixing Bowl", "Kettle", "Whisk"}},
    {"Coffee & Tea", 14, {"Coffee Beans", "Teapot", "Filter Cone", "Green Tea", "Mug", "Grinder"}},
    {"Bedding", 58, {"Duvet Cover", "Pillow", "Fitted Sheet", "Blanket", "Mattress Pad", "Throw"}},
    {"Bath", 22, {"Towel", "Bath Mat", "Soap Dish", "Shower Curtain", "Robe", "Bath Salts"}},
    {"Lighting", 64, {"Desk Lamp", "Floor Lamp", "Pendant", "Night Light", "Wall Light", "Bulb"}},
    {"Garden", 27, {"Watering Can", "Planter", "Seed Mix", "Pruner", "Trowel", "Bird Feeder"}},
    {"Tools", 45, {"Screwdriver Set", "Hammer", "Cordless Drill", "Level", "Pliers", "Toolbox"}},
    {"Books", 16, {"Novel", "Cookbook", "Atlas", "Travel Guide", "Poetry", "Picture Book"}},
    {"Games", 29, {"Board Game", "Card Game", "Jigsaw", "Chess Set", "Dice Set", "Quiz Box"}},
    {"Toys", 21, {"Building Blocks", "Train Set", "Doll", "Kite", "Plush Bear", "Marble Run"}},
    {"Baby", 19, {"Bib", "Bottle", "Sleep Sack", "Teether", "Play Mat", "Baby Carrier"}},
    {"Pets", 18, {"Dog Food", "Cat Litter", "Leash", "Scratching Post", "Pet Bed", "Treats"}},
    {"Sports", 39, {"Yoga Mat", "Dumbbell", "Racket", "Football", "Jump Rope", "Swim Goggles"}},
    {"Outdoor", 72, {"Tent", "Sleeping Bag", "Headlamp", "Camp Stove", "Flask", "Rain Jacket"}},
    {"Shoes", 69, {"Sneakers", "Boots", "Sandals", "Loafers", "Slippers", "Running Shoes"}},
    {"Bags", 54, {"Backpack", "Tote", "Wallet", "Suitcase", "Messenger Bag", "Pouch"}},
    {"Jewellery", 48, {"Ring", "Necklace", "Earrings", "Bracelet", "Watch", "Brooch"}},
    {"Skincare", 17, {"Face Cream", "Sunscreen", "Cleanser", "Serum", "Lip Balm", "Hand Cream"}},
    {"Stationery", 9, {"Notebook", "Fountain Pen", "Planner", "Ink", "Sketch Pad", "Card Set"}},
    {"Audio", 96, {"Headphones", "Speaker", "Turntable", "Microphone", "Earbuds", "Radio"}},
}};

constexpr std::array<std::string_view, 24> kMakers{
    "Alder",  "Birch",  "Cobalt", "Dune",   "Ember",  "Fjord",  "Gale",   "Harbor",
    "Indigo", "Juniper", "Kestrel", "Linden", "Meadow", "Nimbus", "Onyx",   "Pine",
    "Quartz", "Ridge",  "Sable",  "Tundra", "Umber",  "Vale",   "Willow", "Zephyr"};
constexpr std::array<std::string_view, 16> kStyles{
    "Classic", "Compact", "Everyday", "Fine",   "Heritage", "Light", "Modern",  "Natural",
    "Original", "Plain",  "Premium",  "Pure",   "Simple",   "Soft",  "Studio",  "Travel"};

TasteVector normalVector(Rng &rng, double scale)
{
    TasteVector vector{};
    for (float &component : vector) {
        component = static_cast<float>(scale * rng.normal());
    }
    return vector;
}

/// A price as shops write it: 7.49, 24.90, 189.00.
Money shelfPrice(double units)
{
    const double whole = std::max(1.0, std::floor(units));
    const double cents = units < 10 ? .49 : units < 100 ? .90 : 0;
    return moneyFromUnits(whole + cents);
}

std::string itemName(std::string_view line, std::size_t maker, std::size_t number)
{
    const std::size_t style = (number / kMakers.size() + maker) % kStyles.size();
    const std::size_t edition = number / (kMakers.size() * kStyles.size());
    std::string name;
    name.append(kMakers[maker]).append(" ").append(kStyles[style]).append(" ").append(line);
    if (edition > 0) {
        name.append(" ").append(std::to_string(edition + 1));
    }
    return name;
}

void addItem(Catalog &catalog, Rng &rng, int line, std::size_t numberInLine, std::size_t firstMaker,
             const TasteVector &lineTaste, double linePrice)
{
    const auto category = static_cast<std::size_t>(line) % kCategories.size();
    const auto kind = static_cast<std::size_t>(line) / kCategories.size();
    const double spread = std::exp(.4 * rng.normal());
    CatalogItem item;
    std::array<char, 24> key{};
    std::snprintf(key.data(), key.size(), "SKU-%05zu", catalog.items.size() + 1);
    item.key = key.data();
    item.name = itemName(kCategories[category].lines[kind],
                         (firstMaker + numberInLine) % kMakers.size(), numberInLine);
    item.category = static_cast<int>(category);
    item.line = line;
    item.price = shelfPrice(linePrice * spread);
    const double units = toUnits(item.price);
    const TasteVector own = normalVector(rng, .35);
    for (std::size_t d = 0; d < own.size(); ++d) {
        catalog.taste[d].push_back(lineTaste[d] + own[d]);
    }
    catalog.popularity.push_back(static_cast<float>(.8 * rng.normal()));
    catalog.dearness.push_back(
        static_cast<float>(std::log(units / kCategories[category].usualPrice)));
    catalog.price.push_back(units);
    catalog.items.push_back(std::move(item));
}

} // namespace

Catalog makeCatalog(std::uint64_t seed, int items)
{
    Rng rng(seed, streamOf(Purpose::Catalog, 0));
    Catalog catalog;
    std::vector<TasteVector> categoryTaste;
    for (const CategoryNames &category : kCategories) {
        catalog.categories.push_back(category.name);
        categoryTaste.push_back(normalVector(rng, .8));
    }
    for (int k = 0; k < kClusters; ++k) {
        catalog.clusters.push_back(normalVector(rng, .9));
    }
    const int lines = std::min(static_cast<int>(kCategories.size()) * kLinesPerCategory, items);
    for (int line = 0; line < lines; ++line) {
        const auto category = static_cast<std::size_t>(line) % kCategories.size();
        TasteVector lineTaste = normalVector(rng, .6);
        for (std::size_t d = 0; d < lineTaste.size(); ++d) {
            lineTaste[d] += categoryTaste[category][d];
        }
        const double linePrice = kCategories[category].usualPrice * std::exp(.35 * rng.normal());
        const std::size_t firstMaker = rng.below(static_cast<std::uint32_t>(kMakers.size()));
        const int count = items / lines + (line < items % lines ? 1 : 0);
        const auto first = static_cast<int>(catalog.items.size());
        for (int i = 0; i < count; ++i) {
            addItem(catalog, rng, line, static_cast<std::size_t>(i), firstMaker, lineTaste,
                    linePrice);
        }
        catalog.lines.push_back({first, first + count});
    }
    return catalog;
}

} // namespace perennial
