#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

class Database;

/// Keys of a dictionary that one user's events named and nobody else's do.
struct OwnKeys {
    const char *dictionary = "";
    std::vector<std::int64_t> ids;
};

/// In this order.
enum OwnDictionary { kOwnOrders, kOwnDevices, kOwnPlaces, kOwnChannels, kOwnCoupons };
inline constexpr std::size_t kOwnDictionaries = 5;

/// What is a user's alone: his orders, devices, places and channels, and coupons that no campaign
/// has given out; items are the shop's. Reads the events of all others once.
/// @param user whose events, also those set aside, stand in temp.erased_event. For this room.
std::array<OwnKeys, kOwnDictionaries> findOwnKeys(Database &database, std::int64_t user);

/// Their texts. @return one each, of those that are there.
std::vector<std::string> keyTexts(Database &database, const OwnKeys &keys);
/// @return how many were there.
std::int64_t eraseKeys(Database &database, const OwnKeys &keys);

} // namespace perennial
