#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace perennial {

/// What went wrong, without words: `ui` and `app` word and translate it.
enum class ErrorCode {
    // what the user gave
    InvalidArgument, ///< detail: the value; where: the option or setting
    HorizonNotPositive,
    UnknownModel,
    UnknownUser,
    UnknownColumn, ///< detail: the column asked for; where: the file
    UnknownProfile,
    UnknownTable,
    MissingRole, ///< detail: the role that no column was mapped to
    BadMapping,  ///< detail: what does not fit together
    AmbiguousEncoding, ///< detail: encodings that all read the text, the likeliest first
    AmbiguousDates,    ///< detail: date formats that all read the dates
    AmbiguousNumbers,  ///< detail: a number that reads as two
    BadConfiguration,
    // files
    FileMissing,
    IsDirectory,
    NotReadable,
    NotWritable,
    AlreadyExists,
    DiskFull,
    IoFailed,
    EmptyFile,
    TooFewColumns, ///< detail: columns found / needed
    BadData,       ///< detail: what; where: file and line
    NothingUsable, ///< every row of an import was rejected; detail: the commonest reason
    AlreadyImported,
    // projects
    NotAProject,
    NewerVersion, ///< detail: "file version/program version"
    Damaged,
    Locked, ///< detail: who holds it, where known
    ReadOnly,
    UnfinishedImport,
    // pseudonyms
    PseudonymsNeeded, ///< the project's users are pseudonyms, and an id was given
    NotPseudonymised, ///< the project's users have their own ids, and a key was given
    WrongKey,         ///< detail: fingerprint of the project's key / of the key given
    BadKeyFile,       ///< detail: what; where: the file
    UnsafeKeyFile,    ///< others than its owner may read it
    PassphraseNeeded,
    WrongPassphrase,
    // models
    NoEvents,
    NoPurchases,
    NoRepeatBuyers,
    TooLittleData,
    WindowPastData, ///< detail: the day that would be needed; where: the option
    NotTrained,
    NotResumable, ///< detail: "running", "done", "other_model", "other_data", "other_config",
                  ///< "other_format"; where: the run
    NotScored,
    DidNotConverge,
    NotFinite,
    DeviceUnavailable,
    OutOfMemory,
    // the run
    Cancelled,
    Internal,
};

/// An expected failure: a code, the data that says what (never a sentence), and the place.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
    std::string where;
};

/// Value or Error; `std::expected` is not in g++ 12's C++20.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool ok() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    T &value() &
    {
        assert(ok());
        return std::get<0>(m_content);
    }
    const T &value() const &
    {
        assert(ok());
        return std::get<0>(m_content);
    }
    /// By value: `for (auto &x : *f())` must not look into a Result that is gone.
    T value() &&
    {
        assert(ok());
        return std::get<0>(std::move(m_content));
    }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const
    {
        assert(!ok());
        return std::get<1>(m_content);
    }

private:
    std::variant<T, Error> m_content;
};

struct Done {};
/// The outcome of something that has no value.
using Status = Result<Done>;

inline Error fail(ErrorCode code, std::string detail = {}, std::string where = {})
{
    return Error{code, std::move(detail), std::move(where)};
}

} // namespace perennial
