#include "core/ingest/profiles.h"

#include "core/base/text.h"
#include "core/ingest/own_profiles.h"

#include <algorithm>
#include <system_error>

namespace perennial {

namespace {

/// An event log whose columns are named like the roles.
ImportProfile genericProfile()
{
    ImportProfile profile;
    profile.name = "generic";
    profile.columnsOptional = true;
    profile.recipe.headerRows = 1;
    profile.recipe.columns = columnsNamedAsRoles(Contents::Events);
    return profile;
}

/// Purchases of Fader & Hardie's CDNOW customers: who, day, CDs, dollars, in white space. Equal
/// rows are separate purchases of a day, so none is dropped.
ImportRecipe cdnowRecipe()
{
    ImportRecipe recipe;
    recipe.delimiter = Delimiter::Blanks;
    recipe.dateFormat = "yyyymmdd";
    recipe.decimalMark = '.';
    recipe.constants[Role::Kind] = "purchase";
    recipe.dedupe = Dedupe::None;
    return recipe;
}

ImportProfile cdnowMaster()
{
    ImportProfile profile;
    profile.name = "cdnow-master";
    profile.header = {"customer_id", "date", "number_of_cds", "dollar_value"};
    profile.recipe = cdnowRecipe();
    profile.recipe.headerRows = 1;
    profile.recipe.columns = {{Role::User, "customer_id"},
                              {Role::At, "date"},
                              {Role::Quantity, "number_of_cds"},
                              {Role::Amount, "dollar_value"}};
    return profile;
}

/// The 1/10 sample: the master file's id, the sample's own id, then as in the master file.
ImportProfile cdnowSample()
{
    ImportProfile profile;
    profile.name = "cdnow-sample";
    profile.columnCount = 5;
    profile.recipe = cdnowRecipe();
    profile.recipe.headerRows = 0;
    profile.recipe.columns = {
        {Role::User, "1"}, {Role::At, "3"}, {Role::Quantity, "4"}, {Role::Amount, "5"}};
    return profile;
}

/// Chen, Online Retail II (UCI). Fees, postage, samples and manual corrections are no articles;
/// an invoice that begins with C cancels.
ImportProfile onlineRetail()
{
    ImportProfile profile;
    profile.name = "online-retail-ii";
    profile.header = {"Invoice",     "StockCode", "Description", "Quantity",
                      "InvoiceDate", "Price",     "Customer ID", "Country"};
    ImportRecipe &recipe = profile.recipe;
    recipe.delimiter = Delimiter::Comma;
    recipe.headerRows = 1;
    recipe.columns = {{Role::User, "Customer ID"},  {Role::At, "InvoiceDate"},
                      {Role::Item, "StockCode"},    {Role::ItemName, "Description"},
                      {Role::Quantity, "Quantity"}, {Role::Price, "Price"},
                      {Role::Order, "Invoice"},     {Role::Place, "Country"}};
    recipe.constants[Role::Kind] = "purchase";
    recipe.decimalMark = '.';
    recipe.dedupe = Dedupe::Exact;
    CleaningRules rules;
    rules.upperCaseItems = true;
    rules.excludedItems = {"POST",      "DOT",     "C2",     "C3",      "M",    "D",
                           "S",         "B",       "ADJUST", "ADJUST2", "GIFT", "BANK CHARGES",
                           "AMAZONFEE", "TEST001", "TEST002"};
    rules.excludedItemPrefixes = {"GIFT_"};
    rules.cancelledOrderPrefix = "C";
    recipe.rules = rules;
    return profile;
}

ImportProfile journeyProfile(const char *name, std::vector<std::string> header, Contents contents,
                             std::map<Role, std::string> columns)
{
    ImportProfile profile;
    profile.name = name;
    profile.header = std::move(header);
    profile.recipe.delimiter = Delimiter::Comma;
    profile.recipe.headerRows = 1;
    profile.recipe.decimalMark = '.';
    profile.recipe.contents = contents;
    profile.recipe.columns = std::move(columns);
    profile.recipe.missing = {"NA"};
    return profile;
}

/// 84.51°, Complete Journey 2.0: households of a grocer in 2017, a file per table. The sales value
/// is what the shop got for the line; the discounts are columns of their own and not in it.
std::vector<ImportProfile> completeJourneyProfiles()
{
    ImportProfile transactions = journeyProfile(
        "complete-journey",
        {"household_id", "store_id", "basket_id", "product_id", "quantity", "sales_value",
         "retail_disc", "coupon_disc", "coupon_match_disc", "week", "transaction_timestamp"},
        Contents::Events,
        {{Role::User, "household_id"},
         {Role::Place, "store_id"},
         {Role::Order, "basket_id"},
         {Role::Item, "product_id"},
         {Role::Quantity, "quantity"},
         {Role::Amount, "sales_value"},
         {Role::At, "transaction_timestamp"}});
    transactions.recipe.constants[Role::Kind] = "purchase";
    transactions.recipe.dedupe = Dedupe::None;
    ImportProfile redemptions = journeyProfile(
        "complete-journey-redemptions",
        {"household_id", "coupon_upc", "campaign_id", "redemption_date"}, Contents::Events,
        {{Role::User, "household_id"},
         {Role::Coupon, "coupon_upc"},
         {Role::Campaign, "campaign_id"},
         {Role::At, "redemption_date"}});
    redemptions.recipe.constants[Role::Kind] = "coupon";
    redemptions.recipe.dedupe = Dedupe::None;
    return {transactions,
            redemptions,
            journeyProfile("complete-journey-products",
                           {"product_id", "manufacturer_id", "department", "brand",
                            "product_category", "product_type", "package_size"},
                           Contents::Items,
                           {{Role::Item, "product_id"},
                            {Role::ItemName, "product_type"},
                            {Role::Category, "product_category"}}),
            journeyProfile("complete-journey-demographics",
                           {"household_id", "age", "income", "home_ownership", "marital_status",
                            "household_size", "household_comp", "kids_count"},
                           Contents::Users, {{Role::User, "household_id"}}),
            journeyProfile("complete-journey-campaign-descriptions",
                           {"campaign_id", "campaign_type", "start_date", "end_date"},
                           Contents::Campaigns,
                           {{Role::Campaign, "campaign_id"},
                            {Role::CampaignType, "campaign_type"},
                            {Role::Start, "start_date"},
                            {Role::End, "end_date"}}),
            journeyProfile("complete-journey-campaigns", {"campaign_id", "household_id"},
                           Contents::Exposures,
                           {{Role::Campaign, "campaign_id"}, {Role::User, "household_id"}}),
            journeyProfile("complete-journey-coupons", {"coupon_upc", "product_id", "campaign_id"},
                           Contents::Coupons,
                           {{Role::Coupon, "coupon_upc"},
                            {Role::Item, "product_id"},
                            {Role::Campaign, "campaign_id"}})};
}

bool sameName(std::string_view a, std::string_view b)
{
    return toLowerAscii(trimmed(a)) == toLowerAscii(trimmed(b));
}

} // namespace

std::map<Role, std::string> columnsNamedAsRoles(Contents contents)
{
    std::map<Role, std::string> columns;
    for (const Role role : rolesOf(contents)) {
        columns[role] = std::string(roleName(role));
    }
    return columns;
}

const std::vector<ImportProfile> &builtInProfiles()
{
    static const std::vector<ImportProfile> profiles = [] {
        std::vector<ImportProfile> all{genericProfile(), cdnowSample(), cdnowMaster(),
                                       onlineRetail()};
        for (ImportProfile &profile : completeJourneyProfiles()) {
            all.push_back(std::move(profile));
        }
        return all;
    }();
    return profiles;
}

Result<ImportProfile> findProfile(const std::string &nameOrFile)
{
    const auto isNamed = [&nameOrFile](const ImportProfile &profile) {
        return profile.name == nameOrFile;
    };
    const std::vector<ImportProfile> &shipped = builtInProfiles();
    if (const auto found = std::ranges::find_if(shipped, isNamed); found != shipped.end()) {
        return *found;
    }
    if (auto own = findOwnProfile(nameOrFile)) {
        return own;
    }
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(nameOrFile, ignored)) {
        return fail(ErrorCode::UnknownProfile, nameOrFile);
    }
    return readProfileFile(nameOrFile);
}

std::optional<ImportProfile> profileForHeader(const std::vector<std::string> &header)
{
    const auto hasHeader = [&header](const ImportProfile &profile) {
        return !profile.header.empty() &&
               std::equal(header.begin(), header.end(), profile.header.begin(),
                          profile.header.end(), sameName);
    };
    const std::vector<ImportProfile> own = ownProfiles();
    if (const auto found = std::ranges::find_if(own, hasHeader); found != own.end()) {
        return *found;
    }
    const std::vector<ImportProfile> &shipped = builtInProfiles();
    const auto found = std::ranges::find_if(shipped, hasHeader);
    return found != shipped.end() ? std::optional(*found) : std::nullopt;
}

} // namespace perennial
