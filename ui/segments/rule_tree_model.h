#pragma once

#include "core/segment/segment_rule.h"

#include <QAbstractItemModel>

#include <cstdint>
#include <memory>
#include <vector>

namespace perennial {

/// A rule as a tree: one row for the rule, its parts below it, theirs below them. Columns: what is
/// asked in words, users who meet it by itself, their share. A condition that checkSegment refuses
/// says so in its row.
class RuleTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Words, Users, Share };
    static constexpr int kProblemRole = Qt::UserRole + 1; ///< QString, empty where nothing is wrong

    explicit RuleTreeModel(QObject *parent = nullptr);
    ~RuleTreeModel() override;

    void setRule(const SegmentRule &rule);
    SegmentRule rule() const;
    QModelIndex root() const { return index(0, 0); }

    bool isGroup(const QModelIndex &at) const;
    /// Null for a group.
    const SegmentRule::Condition *conditionAt(const QModelIndex &at) const;
    bool isNegated(const QModelIndex &at) const;
    bool isAny(const QModelIndex &at) const; ///< of a group

    void setCondition(const QModelIndex &at, SegmentRule::Condition condition);
    void setNegated(const QModelIndex &at, bool negated);
    void setAny(const QModelIndex &at, bool any);
    /// As the last part. @param group one; what is no group gets one around it first.
    QModelIndex add(const QModelIndex &group, const SegmentRule &part);
    /// Puts a new group of all in a part's place, with the part in it. @return the group
    QModelIndex wrap(const QModelIndex &at);
    void remove(const QModelIndex &at); ///< not the root

    /// @param byPart as SegmentUsers has it, of the rule as it is now.
    void setCounts(const std::vector<std::int64_t> &byPart, std::int64_t scored);
    void clearCounts();
    /// Whether each condition is allowed; the first problem in words otherwise.
    QString firstProblem() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &at, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void ruleChanged(); ///< by any call that changes it

private:
    struct Node;
    static std::unique_ptr<Node> nodeOf(const SegmentRule &rule, Node *parent);
    static SegmentRule ruleOfNode(const Node &node);
    Node *nodeAt(const QModelIndex &at) const;
    QModelIndex indexOf(const Node *node, int column = 0) const;
    QString wordsOf(const Node &node) const;
    void changed(const Node *node);
    template <class F>
    void each(Node &node, F f);

    std::unique_ptr<Node> m_root;
    std::int64_t m_scored = 0;
};

} // namespace perennial
