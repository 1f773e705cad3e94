#include "core/ingest/encoding.h"

#include "core/base/text.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <array>
#include <vector>

namespace perennial {

namespace {

constexpr std::size_t kUnits = 1 << 14; // UTF-16 units per step

struct CloseConverter {
    void operator()(UConverter *converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// ICU's lock on its tables makes opening slow: once per file, not per piece.
Converter openConverter(const std::string &name)
{
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name.c_str(), &status));
    if (U_FAILURE(status)) {
        return nullptr;
    }
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
    return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

/// ICU's own name of a converter.
std::string ownName(const UConverter *converter)
{
    UErrorCode status = U_ZERO_ERROR;
    const char *name = converter != nullptr ? ucnv_getName(converter, &status) : nullptr;
    return U_SUCCESS(status) && name != nullptr ? name : "";
}

/// Whether a name can be written down for the converter of an own name: asked for by it, ICU opens
/// the same one again. Some have a usual name that means another, or options of ICU's in their own.
bool standsFor(const char *name, const std::string &own)
{
    return name != nullptr && std::string_view(name).find(',') == std::string_view::npos &&
           ownName(openConverter(name).get()) == own;
}

} // namespace

std::optional<std::string> encodingFromName(const std::string &name)
{
    // An empty name would mean the machine's own encoding, which is nobody's choice; a text this
    // long is none.
    const std::string_view asked = trimmed(name);
    if (asked.empty() || asked.size() > 60 || asked.find('\0') != std::string_view::npos ||
        asked.find(',') != std::string_view::npos) { // options of ICU's own follow a comma
        return std::nullopt;
    }
    const Converter converter = openConverter(std::string(asked));
    if (!converter) {
        return std::nullopt;
    }
    const std::string own = ownName(converter.get());
    for (const char *list : {"MIME", "IANA"}) { // the first has the usual names: ISO-8859-1
        UErrorCode noName = U_ZERO_ERROR;
        if (const char *usual = ucnv_getStandardName(own.c_str(), list, &noName);
            standsFor(usual, own)) {
            return std::string(usual);
        }
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::uint16_t aliases = ucnv_countAliases(own.c_str(), &status);
    for (std::uint16_t k = 0; k < aliases; ++k) { // the first is its own
        if (const char *alias = ucnv_getAlias(own.c_str(), k, &status); standsFor(alias, own)) {
            return std::string(alias);
        }
    }
    return std::nullopt;
}

struct Decoder::Impl {
    void append(const UChar *units, const UChar *end, std::string &out);

    Converter converter; // none for UTF-8
    UChar lead = 0;      // of a pair whose second half is in the next step
};

void Decoder::Impl::append(const UChar *units, const UChar *end, std::string &out)
{
    for (; units != end; ++units) {
        UChar32 letter = *units;
        if (U16_IS_LEAD(letter)) {
            lead = *units;
            continue;
        }
        if (U16_IS_TRAIL(letter)) {
            letter = U16_GET_SUPPLEMENTARY(lead, letter);
        }
        std::array<char, U8_MAX_LENGTH> bytes;
        int32_t size = 0;
        U8_APPEND_UNSAFE(bytes.data(), size, letter);
        out.append(bytes.data(), static_cast<std::size_t>(size));
    }
}

Decoder::Decoder(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder &&) noexcept = default;
Decoder &Decoder::operator=(Decoder &&) noexcept = default;

Result<Decoder> Decoder::open(const std::string &encoding)
{
    auto impl = std::make_unique<Impl>();
    if (encoding != "UTF-8") {
        impl->converter = openConverter(encoding);
        if (!impl->converter) {
            return fail(ErrorCode::BadMapping, "encoding: " + encoding);
        }
    }
    return Decoder(std::move(impl));
}

bool Decoder::passesThrough() const noexcept
{
    return m_impl->converter == nullptr;
}

void Decoder::decode(std::string_view bytes, bool last, std::string &out)
{
    if (passesThrough()) {
        out.append(bytes);
        return;
    }
    std::array<UChar, kUnits> units;
    const char *from = bytes.data();
    const char *const end = from + bytes.size();
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        UChar *to = units.data();
        ucnv_toUnicode(m_impl->converter.get(), &to, units.data() + units.size(), &from, end,
                       nullptr, static_cast<UBool>(last), &status);
        m_impl->append(units.data(), to, out);
        if (status == U_BUFFER_OVERFLOW_ERROR) {
            continue;
        }
        if (U_SUCCESS(status)) {
            return;
        }
        out += '\xFF';
        if (from == end && status == U_TRUNCATED_CHAR_FOUND) {
            return;
        }
    }
}

void Decoder::reset() noexcept
{
    m_impl->lead = 0;
    if (m_impl->converter) {
        ucnv_resetToUnicode(m_impl->converter.get());
    }
}

} // namespace perennial
