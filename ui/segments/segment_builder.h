#pragma once

#include "core/segment/segment_offer.h"
#include "core/segment/segment_users.h"
#include "ui/models/project_session.h"

#include <QDialog>
#include <QTimer>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace perennial {

class PartEditor;
class RuleTreeModel;

/// Makes a rule: its parts as a tree with how many users meet each, and the fields of the part that
/// is chosen. The counts follow every change, in a quiet job that the next change replaces. Closes
/// itself when another project is opened.
class SegmentBuilder : public QDialog {
    Q_OBJECT

public:
    /// @param verb what the button that takes the rule says: "Show these users".
    SegmentBuilder(ProjectSession &session, JobRunner &jobs, const SegmentRule &rule,
                   const QString &verb, QWidget *parent = nullptr);
    ~SegmentBuilder() override;

    SegmentRule rule() const;
    /// Shows a field for a name, without which the rule can't be taken.
    /// @param taken names whose segments would be replaced, which is said.
    void askForName(const QStringList &taken);
    QString name() const;
    /// A new condition in the group that is chosen, or in the one that has the chosen part; it is
    /// chosen then.
    void addCondition();
    void addGroup();
    void removePart(); ///< that is chosen; not the whole
    /// @param part of the rule as a list.
    void choosePart(int part);
    bool canBeTaken() const;

Q_SIGNALS:
    void taken(const perennial::SegmentRule &rule); ///< by its button; it closes then

private:
    QWidget *makeName();
    QWidget *makeTree();
    QWidget *makeFields();
    QWidget *makeFoot(const QString &verb);
    QModelIndex chosen() const;
    void choose(const QModelIndex &at);
    void addPart(const SegmentRule &part);
    void readOffer();
    void showPart();
    void ruleChanged();
    void count();
    void showCount(const Result<SegmentUsers> &users);
    void showState();

    ProjectSession &m_session;
    JobRunner &m_jobs;
    QString m_group; ///< of its jobs
    QTimer m_rest;   ///< counts once the fields rest
    RuleTreeModel *m_model;
    QTreeView *m_tree = nullptr;
    PartEditor *m_part = nullptr;
    QPushButton *m_remove = nullptr, *m_take = nullptr;
    QLabel *m_words = nullptr, *m_count = nullptr, *m_problem = nullptr, *m_replaces = nullptr;
    QLineEdit *m_name = nullptr;
    QStringList m_takenNames;
    bool m_valid = false; ///< the rule, as far as can be told without the project
    QString m_refused;    ///< why the project can't tell who meets it
};

} // namespace perennial
