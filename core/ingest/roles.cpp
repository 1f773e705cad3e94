#include "core/ingest/recipe.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace perennial {

namespace {

struct RoleWords {
    Role role;
    std::string_view name;
    /// Headers seen in the wild, lower case, letters and digits only, parted by blanks.
    std::string_view headers;
};

constexpr std::array<RoleWords, kRoleCount> kRoleWords{{
    {Role::User, "user",
     "user userid username customer customerid customerno client clientid visitor visitorid uid "
     "member memberid household householdid custid cust buyer buyerid account accountid"},
    {Role::At, "at",
     "at time timestamp date datetime eventtime eventdate eventtimestamp createdat occurredat "
     "invoicedate orderdate transactiondate transactiontimestamp transactiontime purchasedate "
     "day ts"},
    {Role::Kind, "kind", "kind event eventtype eventname type action behavior behaviour"},
    {Role::Item, "item",
     "item itemid product productid productcode sku stockcode article articleid asin"},
    {Role::ItemName, "item_name",
     "itemname itemdescription productname productdescription description title"},
    {Role::Category, "category",
     "category categoryid categorycode productcategory itemcategory department"},
    {Role::Quantity, "quantity", "quantity qty units pieces numberofcds count"},
    {Role::Price, "price", "price unitprice priceperunit itemprice"},
    {Role::Amount, "amount",
     "amount total totalamount revenue value salesvalue dollarvalue sales linetotal spend"},
    {Role::Order, "order",
     "order orderid orderno ordernumber invoice invoiceno invoiceid invoicenumber basket basketid "
     "transaction transactionid receipt receiptid"},
    {Role::Device, "device", "device devicetype platform"},
    {Role::Place, "place", "place country region city store storeid location"},
    {Role::Channel, "channel", "channel source medium utmsource saleschannel"},
    {Role::EventId, "event_id", "eventid eventuuid uuid"},
    {Role::Signup, "signup",
     "signup signupdate signupday signedup registered registeredat registrationdate createdat "
     "created joined joindate membersince customersince firstseen"},
    {Role::Region, "region", "region country state city place location"},
    {Role::Campaign, "campaign", "campaign campaignid campaignname utmcampaign"},
    {Role::CampaignType, "campaign_type", "campaigntype type"},
    {Role::Start, "start", "start startdate startday startsat begin firstday from validfrom"},
    {Role::End, "end", "end enddate endday endsat lastday until to validto validuntil"},
    {Role::Coupon, "coupon", "coupon couponid couponupc couponcode voucher vouchercode promocode"},
}};

/// "Customer ID" → "customerid".
std::string lettersAndDigits(std::string_view text)
{
    std::string out;
    for (const char c : toLowerAscii(text)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out += c;
        }
    }
    return out;
}

bool hasWord(std::string_view words, std::string_view word)
{
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == word) {
            return true;
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

constexpr std::array<std::pair<Dedupe, std::string_view>, 3> kDedupeNames{{
    {Dedupe::None, "none"},
    {Dedupe::Exact, "exact"},
    {Dedupe::EventId, "event_id"},
}};

constexpr std::array<std::pair<Delimiter, std::string_view>, 5> kDelimiterNames{{
    {Delimiter::Comma, "comma"},
    {Delimiter::Semicolon, "semicolon"},
    {Delimiter::Tab, "tab"},
    {Delimiter::Bar, "bar"},
    {Delimiter::Blanks, "blanks"},
}};

/// Not what fields, numbers and dates are made of.
bool canDelimit(char c) noexcept
{
    const bool control = c > 0 && c < 0x20 && c != '\n' && c != '\r';
    return control || std::string_view("!#$%&*/:=@^_`~").find(c) != std::string_view::npos;
}

} // namespace

const std::vector<Role> &allRoles()
{
    static const std::vector<Role> roles = [] {
        std::vector<Role> all;
        for (const RoleWords &words : kRoleWords) {
            all.push_back(words.role);
        }
        return all;
    }();
    return roles;
}

std::string_view roleName(Role role) noexcept
{
    return kRoleWords[static_cast<std::size_t>(role)].name;
}

std::optional<Role> roleFromName(std::string_view name) noexcept
{
    for (const RoleWords &words : kRoleWords) {
        if (words.name == name) {
            return words.role;
        }
    }
    return std::nullopt;
}

std::optional<Role> roleFromHeader(std::string_view header, Contents contents)
{
    const std::string word = lettersAndDigits(header);
    for (const Role role : rolesOf(contents)) {
        if (!word.empty() && hasWord(kRoleWords[static_cast<std::size_t>(role)].headers, word)) {
            return role;
        }
    }
    return std::nullopt;
}

const std::vector<Role> &rolesOf(Contents contents)
{
    static const std::array<std::vector<Role>, kContentsCount> roles{{
        {Role::User, Role::At, Role::Kind, Role::Item, Role::ItemName, Role::Category,
         Role::Quantity, Role::Price, Role::Amount, Role::Order, Role::Device, Role::Place,
         Role::Channel, Role::EventId, Role::Campaign, Role::Coupon},
        {Role::User, Role::Signup, Role::Channel, Role::Region, Role::Device},
        {Role::Item, Role::ItemName, Role::Category, Role::Price},
        {Role::Campaign, Role::CampaignType, Role::Start, Role::End},
        {Role::Campaign, Role::User, Role::At},
        {Role::Coupon, Role::Campaign, Role::Item},
    }};
    return roles[static_cast<std::size_t>(contents) - 1];
}

const std::vector<Role> &requiredRoles(Contents contents)
{
    static const std::array<std::vector<Role>, kContentsCount> roles{{
        {Role::User, Role::At, Role::Kind},
        {Role::User},
        {Role::Item},
        {Role::Campaign},
        {Role::Campaign, Role::User},
        {Role::Coupon},
    }};
    return roles[static_cast<std::size_t>(contents) - 1];
}

bool hasAttributes(Contents contents) noexcept
{
    return contents == Contents::Users || contents == Contents::Items;
}

std::string_view dedupeName(Dedupe dedupe) noexcept
{
    return kDedupeNames[static_cast<std::size_t>(dedupe)].second;
}

std::optional<Dedupe> dedupeFromName(std::string_view name) noexcept
{
    for (const auto &[dedupe, known] : kDedupeNames) {
        if (known == name) {
            return dedupe;
        }
    }
    return std::nullopt;
}

std::string delimiterName(Delimiter delimiter)
{
    for (const auto &[known, name] : kDelimiterNames) {
        if (known == delimiter) {
            return std::string(name);
        }
    }
    return std::string(1, static_cast<char>(delimiter));
}

std::optional<Delimiter> delimiterFromName(std::string_view name) noexcept
{
    for (const auto &[known, knownName] : kDelimiterNames) {
        const char character = static_cast<char>(known);
        const bool escapedTab = known == Delimiter::Tab && name == "\\t"; // as shells pass it on
        if (knownName == name || name == std::string_view(&character, 1) || escapedTab) {
            return known;
        }
    }
    const bool other = name.size() == 1 && canDelimit(name.front());
    return other ? std::optional(static_cast<Delimiter>(name.front())) : std::nullopt;
}

std::optional<char> quoteFromName(std::string_view name) noexcept
{
    if (name == "none") {
        return char{0};
    }
    return name == "\"" || name == "'" ? std::optional(name.front()) : std::nullopt;
}

std::optional<char> escapeFromName(std::string_view name) noexcept
{
    if (name == "none") {
        return char{0};
    }
    return name == "\\" ? std::optional('\\') : std::nullopt;
}

std::string markName(char mark)
{
    return mark == 0 ? "none" : std::string(1, mark);
}

} // namespace perennial
