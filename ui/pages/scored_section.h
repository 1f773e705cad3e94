#pragma once

#include "ui/charts/chart_spec.h"
#include "ui/pages/scored_page.h"
#include "ui/pages/user_chooser.h"

class QVBoxLayout;

namespace perennial {

class Card;
class ChartCard;

/// A part of a page of scored users: some cards under one heading, read when it is looked at. A mark that
/// stands for users chooses them for the page's table.
class ScoredSection : public QWidget {
    Q_OBJECT

public:
    explicit ScoredSection(const PageContext &context, QWidget *parent = nullptr);

    /// To be read again the next time it is looked at.
    void markStale() noexcept { m_stale = true; }
    void refreshIfStale();
    /// No mark is outlined, no row selected any more; without a signal.
    void clearMarks() { m_chooser->clearMarks(); }

Q_SIGNALS:
    void usersChosen(const perennial::UserSelection &users);
    void usersReleased();

protected:
    virtual void refresh() = 0;

    void addRow(const std::vector<std::pair<QWidget *, int>> &cards);
    /// A new chart card in the height of this page's charts.
    ChartCard *makeChart(const QString &title, const QString &definition);
    /// What the marks of its charts and the rows of its tables choose for the page's table.
    UserChooser &chooser() noexcept { return *m_chooser; }
    template <class T>
    void read(const QString &what, const QString &group,
              std::function<Result<T>(Project &, const Task &)> work,
              std::function<void(Result<T>)> done)
    {
        readScored<T>(m_context, this, what, group, std::move(work), std::move(done));
    }
    /// The same with cards that are busy meanwhile: ends in `show`, or in `lack` where it failed. A
    /// cancel shows nothing.
    template <class T>
    void readFor(const std::vector<Card *> &cards, const QString &what, const QString &group,
                 std::function<Result<T>(Project &, const Task &)> work,
                 std::function<void(T)> show, std::function<void(const Error &)> lack)
    {
        setBusy(cards, true);
        read<T>(what, group, std::move(work),
                [cards, show = std::move(show), lack = std::move(lack)](Result<T> result) {
                    setBusy(cards, false);
                    if (result) {
                        show(*std::move(result));
                    } else if (result.error().code != ErrorCode::Cancelled) {
                        lack(result.error());
                    }
                });
    }
    const PageContext &context() const noexcept { return m_context; }
    ProjectSession &session() const noexcept { return m_context.session; }

private:
    static void setBusy(const std::vector<Card *> &cards, bool busy);

    PageContext m_context;
    QVBoxLayout *m_column;
    UserChooser *m_chooser;
    bool m_stale = true;
};

/// A chart that shows one sentence.
ChartSpec sentence(const QString &text);

} // namespace perennial
