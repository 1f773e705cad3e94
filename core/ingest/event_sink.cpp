#include "core/ingest/event_sink.h"

#include <array>
#include <string>
#include <unordered_map>

namespace perennial {

namespace {

class ProjectSink final : public EventSink {
public:
    explicit ProjectSink(EventWriter writer) : m_writer(std::move(writer)) {}

    Status begin() override { return m_writer.begin(); }

    Result<std::int64_t> code(Dictionary dictionary, std::string_view key) override
    {
        return m_writer.code(dictionary, key);
    }

    void expect(Dictionary dictionary, std::string_view key) override
    {
        m_writer.expect(dictionary, key);
    }

    Status describeItem(std::int64_t item, const ItemAttributes &attributes) override
    {
        return m_writer.describeItem(item, attributes);
    }

    Status add(const EventRow &event) override { return m_writer.add(event); }

    Status log(const ImportChunk &chunk) override { return m_writer.log(chunk); }
    Status commit() override { return m_writer.commit(); }
    Status rollback() override { return m_writer.rollback(); }

private:
    EventWriter m_writer;
};

class DrySink final : public EventSink {
public:
    Status begin() override { return Done{}; }

    Result<std::int64_t> code(Dictionary dictionary, std::string_view key) override
    {
        if (key.empty()) {
            return std::int64_t{0};
        }
        auto &ids = m_ids[static_cast<std::size_t>(dictionary)];
        const auto next = static_cast<std::int64_t>(ids.size()) + 1;
        return ids.try_emplace(std::string(key), next).first->second;
    }

    Status describeItem(std::int64_t, const ItemAttributes &) override { return Done{}; }
    Status add(const EventRow &) override { return Done{}; }
    Status log(const ImportChunk &) override { return Done{}; }
    Status commit() override { return Done{}; }
    Status rollback() override { return Done{}; }

private:
    std::array<std::unordered_map<std::string, std::int64_t>, kDictionaryCount> m_ids;
};

} // namespace

Result<std::unique_ptr<EventSink>> makeProjectSink(Project &project, std::int64_t source)
{
    auto writer = EventWriter::open(project, source);
    if (!writer) {
        return writer.error();
    }
    return std::unique_ptr<EventSink>(std::make_unique<ProjectSink>(std::move(*writer)));
}

std::unique_ptr<EventSink> makeDrySink()
{
    return std::make_unique<DrySink>();
}

} // namespace perennial
