#include "ui/segments/rule_tree_model.h"

#include "ui/widgets/labels.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"

#include <QIcon>
#include <QSize>

#include <algorithm>
#include <optional>

namespace perennial {

namespace {

constexpr int kRowHeight = 24; ///< px, as in tables

} // namespace

struct RuleTreeModel::Node {
    SegmentRule own; ///< of a group without its parts
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> parts;
    std::optional<std::int64_t> users;
    QString problem;

    bool isGroup() const noexcept { return own.parts() != nullptr; }
    void check()
    {
        const Status allowed = isGroup() ? Status(Done{}) : checkSegment(own);
        problem = allowed ? QString() : segmentProblemText(allowed.error().detail);
    }
    int row() const
    {
        const auto mine = [this](const auto &part) { return part.get() == this; };
        return parent ? static_cast<int>(std::ranges::find_if(parent->parts, mine) -
                                         parent->parts.begin())
                      : 0;
    }
};

RuleTreeModel::RuleTreeModel(QObject *parent)
    : QAbstractItemModel(parent), m_root(nodeOf(allOf({}), nullptr))
{
}

RuleTreeModel::~RuleTreeModel() = default;

std::unique_ptr<RuleTreeModel::Node> RuleTreeModel::nodeOf(const SegmentRule &rule, Node *parent)
{
    auto node = std::make_unique<Node>();
    node->parent = parent;
    node->own.any = rule.any;
    node->own.negated = rule.negated;
    if (rule.condition()) {
        node->own.content = *rule.condition();
    } else {
        node->own.content = std::vector<SegmentRule>();
        for (const SegmentRule &part : *rule.parts()) {
            node->parts.push_back(nodeOf(part, node.get()));
        }
    }
    node->check();
    return node;
}

SegmentRule RuleTreeModel::ruleOfNode(const Node &node)
{
    SegmentRule rule = node.own;
    if (node.isGroup()) {
        auto &parts = std::get<std::vector<SegmentRule>>(rule.content);
        for (const auto &part : node.parts) {
            parts.push_back(ruleOfNode(*part));
        }
    }
    return rule;
}

void RuleTreeModel::setRule(const SegmentRule &rule)
{
    beginResetModel();
    m_root = nodeOf(rule, nullptr);
    endResetModel();
    Q_EMIT ruleChanged();
}

SegmentRule RuleTreeModel::rule() const
{
    return ruleOfNode(*m_root);
}

RuleTreeModel::Node *RuleTreeModel::nodeAt(const QModelIndex &at) const
{
    return static_cast<Node *>(at.internalPointer());
}

QModelIndex RuleTreeModel::indexOf(const Node *node, int column) const
{
    return createIndex(node->row(), column, node);
}

bool RuleTreeModel::isGroup(const QModelIndex &at) const
{
    return nodeAt(at)->isGroup();
}

const SegmentRule::Condition *RuleTreeModel::conditionAt(const QModelIndex &at) const
{
    return nodeAt(at)->own.condition();
}

bool RuleTreeModel::isNegated(const QModelIndex &at) const
{
    return nodeAt(at)->own.negated;
}

bool RuleTreeModel::isAny(const QModelIndex &at) const
{
    return nodeAt(at)->own.any;
}

/// The row's words are new, and what it counts is not known any more.
void RuleTreeModel::changed(const Node *node)
{
    Q_EMIT dataChanged(indexOf(node), indexOf(node, Share));
    Q_EMIT ruleChanged();
}

void RuleTreeModel::setCondition(const QModelIndex &at, SegmentRule::Condition condition)
{
    Node *node = nodeAt(at);
    if (node->isGroup() || *node->own.condition() == condition) {
        return;
    }
    node->own.content = std::move(condition);
    node->check();
    changed(node);
}

void RuleTreeModel::setNegated(const QModelIndex &at, bool negated)
{
    Node *node = nodeAt(at);
    if (node->own.negated != negated) {
        node->own.negated = negated;
        changed(node);
    }
}

void RuleTreeModel::setAny(const QModelIndex &at, bool any)
{
    Node *node = nodeAt(at);
    if (node->isGroup() && node->own.any != any) {
        node->own.any = any;
        changed(node);
    }
}

QModelIndex RuleTreeModel::add(const QModelIndex &group, const SegmentRule &part)
{
    const QModelIndex within = isGroup(group) ? group.siblingAtColumn(0) : wrap(group);
    Node *parent = nodeAt(within);
    const int row = static_cast<int>(parent->parts.size());
    beginInsertRows(within, row, row);
    parent->parts.push_back(nodeOf(part, parent));
    endInsertRows();
    Q_EMIT ruleChanged();
    return index(row, 0, within);
}

QModelIndex RuleTreeModel::wrap(const QModelIndex &at)
{
    const SegmentRule inner = ruleOfNode(*nodeAt(at));
    Node *parent = nodeAt(at)->parent;
    const int row = at.row();
    if (!parent) {
        setRule(allOf({inner}));
        return root();
    }
    const QModelIndex above = indexOf(parent);
    beginRemoveRows(above, row, row);
    parent->parts.erase(parent->parts.begin() + row);
    endRemoveRows();
    beginInsertRows(above, row, row);
    parent->parts.insert(parent->parts.begin() + row, nodeOf(allOf({inner}), parent));
    endInsertRows();
    Q_EMIT ruleChanged();
    return index(row, 0, above);
}

void RuleTreeModel::remove(const QModelIndex &at)
{
    Node *parent = nodeAt(at)->parent;
    if (!parent) {
        return;
    }
    const int row = at.row();
    beginRemoveRows(indexOf(parent), row, row);
    parent->parts.erase(parent->parts.begin() + row);
    endRemoveRows();
    Q_EMIT ruleChanged();
}

template <class F>
void RuleTreeModel::each(Node &node, F f)
{
    f(node);
    for (const auto &part : node.parts) {
        each(*part, f);
    }
}

void RuleTreeModel::setCounts(const std::vector<std::int64_t> &byPart, std::int64_t scored)
{
    m_scored = scored;
    std::size_t next = 0; // parts are counted in the order in which `each` comes by
    each(*m_root, [&](Node &node) {
        node.users = next < byPart.size() ? std::optional(byPart[next]) : std::nullopt;
        ++next;
    });
    Q_EMIT dataChanged(indexOf(m_root.get(), Users), indexOf(m_root.get(), Share));
    each(*m_root, [&](Node &node) { // once a group: a view looks for each row it is told of
        if (!node.parts.empty()) {
            Q_EMIT dataChanged(createIndex(0, Users, node.parts.front().get()),
                               createIndex(static_cast<int>(node.parts.size()) - 1, Share,
                                           node.parts.back().get()));
        }
    });
}

void RuleTreeModel::clearCounts()
{
    setCounts({}, 0);
}

QString RuleTreeModel::firstProblem() const
{
    QString problem;
    const_cast<RuleTreeModel *>(this)->each(
        *m_root, [&](const Node &node) { problem = problem.isEmpty() ? node.problem : problem; });
    return problem;
}

QModelIndex RuleTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    const Node *node = parent.isValid() ? nodeAt(parent)->parts[static_cast<std::size_t>(row)].get()
                                        : m_root.get();
    return createIndex(row, column, node);
}

QModelIndex RuleTreeModel::parent(const QModelIndex &child) const
{
    const Node *parent = child.isValid() ? nodeAt(child)->parent : nullptr;
    return parent ? indexOf(parent) : QModelIndex();
}

int RuleTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return 1;
    }
    return parent.column() == 0 ? static_cast<int>(nodeAt(parent)->parts.size()) : 0;
}

int RuleTreeModel::columnCount(const QModelIndex &) const
{
    return Share + 1;
}

QString RuleTreeModel::wordsOf(const Node &node) const
{
    if (!node.isGroup()) {
        return node.problem.isEmpty()
                   ? segmentPartText(node.own)
                   : QStringLiteral("%1 – %2").arg(segmentPartText(node.own), node.problem);
    }
    if (node.parts.empty()) {
        return segmentPartText(node.own);
    }
    if (node.own.negated) {
        return node.own.any ? tr("None of these") : tr("Not all of these");
    }
    return node.own.any ? tr("Any of these") : tr("All of these");
}

QVariant RuleTreeModel::data(const QModelIndex &at, int role) const
{
    if (!at.isValid()) {
        return {};
    }
    const Node &node = *nodeAt(at);
    if (role == kProblemRole) {
        return node.problem;
    }
    if (role == Qt::SizeHintRole) {
        return QSize(0, kRowHeight);
    }
    if (at.column() == Words) {
        switch (role) {
        case Qt::DisplayRole:
            return wordsOf(node);
        case Qt::ToolTipRole:
            return plainToolTip(wordsOf(node));
        case Qt::DecorationRole:
            return node.problem.isEmpty()
                       ? QVariant()
                       : QVariant(themedIcon(QStringLiteral(":/icons/warning.svg")));
        default:
            return {};
        }
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (!node.users) {
        return kMissing;
    }
    return at.column() == Users ? countText(*node.users)
           : m_scored > 0
               ? percentText(static_cast<double>(*node.users) / static_cast<double>(m_scored))
               : kMissing;
}

QVariant RuleTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == Words   ? tr("Users of whom it holds that")
           : section == Users ? tr("Users")
                              : tr("Share");
}

} // namespace perennial
