<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CommandLine</name>
    <message>
        <source>Render every page to PNG, in light and dark</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ImportTexts</name>
    <message>
        <source>%1: column “%2”</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: “%2” for every row</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users, %2 items, %3 purchase rows in %4 orders, %5 refunds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 amounts had more than 4 decimals and were rounded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Went on where an interrupted import of this file had stopped</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1, %2 rows a second</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>another number of columns than the rest</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>text that is not UTF-8</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a zero byte in the row</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a quotation mark in the wrong place</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a quotation mark that is never closed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the row is too long</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a date that cannot be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no kind of event</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>an unknown kind of event</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a quantity that is no number</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a price that is no number</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>an amount that is no number</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a purchase without an amount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a name or number that is too long</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>a line that is no article (excluded by the profile)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Who did it. Needed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Date and time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>When it happened; times without a zone are UTC. Needed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Kind of event</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>View, cart, purchase, refund, … A column, or one kind for every row. Needed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The article's number.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Item name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The article's name.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The article's category.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Quantity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Units, or a rating's stars; 1 where there is none.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unit price</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Price of one unit: amount = price × quantity.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Money of the whole row.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Invoice or basket number.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Phone, desktop, …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Country, town or shop.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where the visit came from.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Event id</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Names an event once and for all: rows with the same one are duplicates.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>comma ,</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>semicolon ;</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>tab</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>bar |</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>blanks</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>keep every row</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>drop equal rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>drop repeated event ids</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 rows read = %2 stored + %3 duplicate + %4 rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> + %1 excluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 %2 read = %3 stored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 duplicate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 excluded</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>OverviewCharts</name>
    <message>
        <source>Users per %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>current</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>resurrected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>dormant</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>net change</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No activity up to the snapshot date.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>No users.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody has a churn risk: it needs at least one order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>≤ 0</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 at zero</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 without a prediction (no order yet)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 below zero (refunds exceed purchases)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bar at zero: %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>behaviour model</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Write a PDF report of a project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2 pages, data %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <source>the next item</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the next new item</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>who orders again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the order of value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing could be compared on this split</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 is best for %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 for %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>, </source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Best: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every model was given the events up to %1 and asked about the %2 after it. Ranks: the first item after the cut among all %3 items, %4 users, repeats allowed, ties counted half; “new”: the first item not met before, %5 users. Orders and value: %6 customers.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>NDCG@10</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10 new</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>NDCG@10 new</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn AUC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn log loss</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value MAE</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value Spearman</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value bias</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>best</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Curves appear with the first epoch of a training.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10, new items</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 (continued)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing was chosen for this report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>data %1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>horizon %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>data %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Perennial · printed %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This project is empty</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>These users have not been scored yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import events to see where users stand and what they are worth.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stages, value and churn risk are known once all users have been scored. Until then this report describes the data.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the following pages say</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>assumption</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>observation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>experiment</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 [%2, %3]</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No scenario has been run.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the next %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stage: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All users</source>
        <translation>全部用户</translation>
    </message>
    <message>
        <source>Behaviour model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Popularity, all time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Popularity, last 30 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Past spend carried forward</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No churn risk is known for these users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 users (%3) are unlikely to order in %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>likely to leave</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No churn risk is known.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Most predicted value at risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <source>Realised</source>
        <translation>已实现</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No user with a predicted value has a churn risk of 50 % or more.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean churn risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Likely to leave</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>churn risk of 50 % or more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value of these</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean P(alive)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>of customers, at t₀</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk is the chance of no order in %1 (source: %2). It is not the effect of an action: who is likely to leave need not be who can be kept.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users have no churn risk and are not drawn.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by churn risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How likely users are to order, and the value at risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This project has no data yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The control totals of an import do not balance</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 rows read, every one accounted for; %2 rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 with a purchase</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Purchases</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 gross</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refunds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Net revenue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Control totals, rows: read = stored + duplicate + rejected + excluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Excluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Imported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing has been imported.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unfinished</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Control totals, amounts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>An amount that cannot be read counts as 0 on both sides.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where the data came from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Profile</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Content hash (BLAKE2b, first 16 digits)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Data hash %1. It changes whenever users, items or events change.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Data and control totals</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sources, rows and amounts before and after import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Word</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Meaning</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot date t₀</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything known up to and including this day is input; everything after it is what is predicted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Horizon H</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The window predicted: after t₀, up to and including t₀ + H.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A day with at least one purchase; several purchases on a day count once.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Purchases minus refunds up to t₀.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <source>Expected net revenue in the horizon, times the margin, discounted to t₀ at the yearly rate.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>LTV</source>
        <translation>生命周期价值</translation>
    </message>
    <message>
        <source>Realised value plus predicted value.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>P(alive)</source>
        <translation>存活概率</translation>
    </message>
    <message>
        <source>Chance under BG/NBD that the customer has not left for good by t₀. Only for users with an order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Chance of no order in the horizon. Not the same as 1 − P(alive): a customer who is still there may simply not order in the window.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Concentration</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users sorted by value and cut into ten equal parts; values below 0 count as 0.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New, resurrected, dormant</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users active in a %1 against the one before: first ever, back after a pause, or gone quiet. Active = active before + new + resurrected − dormant.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>90 % interval</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The middle 90 % of what the uncertain parameters allow. It does not include the chance in what single customers do.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10, NDCG@10</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How often the item a user chose next was among the ten ranked first, and the same weighted by its place.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stages, tested from the top; each user is in exactly one</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rule</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no activity for %1 or more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no activity for %1 to %2 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>at least %1 orders, the last within %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>exactly one order, within %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>known for less than %1, no order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>active on at least %1 of the last %2 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>everyone else</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Methods</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Silence after which a user counts as churned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cleaning: a row that cannot be read is rejected with its line and reason and kept in the project; a row seen before is counted as a duplicate; rows a profile leaves out by rule are counted as excluded. Refunds reduce value on the day they are booked.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Definitions</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the words in this report mean, and where the methods come from.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Words, stages, cleaning rules and sources of the methods</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No user is in this segment</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every user here is in one stage: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 is the largest stage: %2 of %3 users (%4)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No users.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing predicted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users per %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Current</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Resurrected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Dormant</source>
        <translation>沉睡</translation>
    </message>
    <message>
        <source>No activity yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>%1, incomplete</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Newest first. Active = active before + new + resurrected − dormant.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 active users in the last complete %2: %3 new, %4 back, %5 gone quiet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No complete %1 of activity yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The last %1 periods of %2.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by flow per %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where every user stands at %1. A user is in exactly one stage; the rules are in the definitions.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by stage</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value by stage</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lifecycle</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users and value by stage, and flows per period</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>converged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>at the boundary: no dropout is visible, the NBD is used</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>at the boundary of its parameters (%1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1, run %2, fitted up to %3: %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parameter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Estimate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Standard error</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No parameters.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log-likelihood %1 on %2 customers, %3 left out. Data hash %4.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2 on %3 customers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No value model has been fitted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value needs users with more than one order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orders follow BG/NBD (parameters per %1), the value of an order Gamma-Gamma. Standard errors by the delta method.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Same split, same users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How it was trained</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Setting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Learned from, validated on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>events from %1 to %2; the window after it up to %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Label window</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Best epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Data hash</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No behaviour model has been trained</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk and recommendations then come from the value model and from popularity.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model, run %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model learns from the order of a user's events. It predicts the next item, churn and value, and is measured on a window it has not seen, beside simple models.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loss by epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next item among the first ten, by epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model card</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parameters, errors, training and comparison with baselines</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2, %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 (nothing known of this user: popular items)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Price</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Chance</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cosine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Strongest reason</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No item can be recommended.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>For comparison: the most popular items</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of popularity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No event names an item.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model gives no recommendations here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No behaviour model yet: only popular items are known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recommendations for single users need a trained behaviour model and items in the events.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the most valuable user is likely to want next</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the %1 most valuable users are likely to want next</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A sample. Chance is the model's probability that this is the next item; items bought in the last 30 days are left out. Behaviour model, run %1, history up to %2.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recommendations, a sample</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the most valuable users are likely to want next</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No scenario has been saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 scenarios are saved, none has been run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“%1” is expected to bring %2 more than it costs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No scenario is expected to earn more than it costs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Differences from the baseline, with 90 % intervals</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Effect from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ revenue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ margin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cost</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ROI</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>P(ROI &gt; 0)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Some figures are from older data; run the scenarios again. </source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ value is margin-weighted and discounted; revenue and margin are not discounted. The interval is the uncertainty of the parameters and of the assumed effect. Figures are those of each scenario's last run.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What if: levers on the future of customers, each against the same baseline with the same random draws. An effect that does not come from an experiment is an assumption, not a prediction.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difference in predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Saved what-ifs with their intervals and return</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>None of the %1 users has ordered yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 customers have brought %2 so far; their future could not be predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 customers are expected to bring %2 in %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 with an order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>net revenue up to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Expected orders</source>
        <translation>预期订单数</translation>
    </message>
    <message>
        <source>no order in %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What these figures stand on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>run %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Margin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Discount rate per year</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churned after silence of</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything known up to %1 is input. Predicted value is what the horizon is expected to bring: weighted with the margin and discounted. Realised value is net revenue so far. The two are never added without saying so.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note: the data or the settings have changed since these users were scored. Score again before relying on the figures.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Key figures, snapshot, horizon, margin and discount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No value could be predicted for these users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users are expected to bring %2 in %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The best tenth of customers carries %1 of the predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Best tenth</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tenth %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>User %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Customers by predicted value, in tenths</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tenth</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <source>Cumulative</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gini coefficient %1 (0 = everybody brings the same).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exp. orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No user is in this segment.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 users; the whole table is exported as CSV.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by what they have brought</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The most valuable user is expected to bring %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The %1 most valuable users are expected to bring %2, %3 of the total</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value in %1, weighted with a margin of %2 and discounted at %3 per year.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users without an order have no prediction and are not drawn.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value by tenth of customers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Distribution, concentration and the most valuable users</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ScoreNotes</name>
    <message>
        <source>Nobody has ordered yet: there are stages, but no values and no risks.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody has ordered on two different days: no value model can be fitted, so nothing is predicted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The orders show no sign of customers leaving: P(alive) would be 1 for all and is left empty.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The value models could not be fitted: nothing is predicted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The orders have no amounts: orders are predicted, values are not.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No spend model could be used: everybody is given the observed mean order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model was trained for another horizon and was not used; churn risk is the value model's.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model has seen events after the snapshot date and was not used; churn risk is the value model's.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model could not score; churn risk is the value model's.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ValueCharts</name>
    <message>
        <source>! boundary: the data show no sign of customers leaving, so the model has become the NBD, which is reported in its place; P(alive) is 1 for all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! boundary: all customers seem to buy at the same rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! boundary: all customers seem equally likely to leave</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! boundary: all customers seem to spend alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! boundary: the fitted spend has no finite mean; everybody gets the observed mean spend</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! boundary: the likelihood rises towards the edge of what the parameters may be; they are at the edge</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody is worth anything yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of users, most valuable first</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>realised</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The model has no usable parameters to compare with.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Repeat orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Customers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1+</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>expected by %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>observed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1–%2 %</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ converged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✕ failed: no parameters were found that fit</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Verify</name>
    <message>
        <source>ok</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>DAMAGE</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check a project file for damage</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial</name>
    <message>
        <source>not complete yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Series</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lower</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Upper</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>and %1 more rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>About Perennial</source>
        <translation>关于 Perennial</translation>
    </message>
    <message>
        <source>A workbench for customer lifetime value. Everything stays on this machine.

Built on Qt %1, Qt Charts, LibTorch, SQLite %2 and Eigen.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>Acquired</source>
        <translation>新获取</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>Retained</source>
        <translation>留存</translation>
    </message>
    <message>
        <source>Converted</source>
        <translation>已转化</translation>
    </message>
    <message>
        <source>Loyal</source>
        <translation>忠诚</translation>
    </message>
    <message>
        <source>Dormant</source>
        <translation>沉睡</translation>
    </message>
    <message>
        <source>Churned</source>
        <translation>已流失</translation>
    </message>
    <message>
        <source>Known for only a few days, no order yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Active on several days lately, without a recent order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Still around, but none of the other stages.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exactly one order, and a recent one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>At least two orders, the last one recent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Silent for weeks, but not long enough to count as churned.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Silent for so long that a return is unlikely.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>View</source>
        <translation>浏览</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>点击</translation>
    </message>
    <message>
        <source>Cart</source>
        <translation>加购</translation>
    </message>
    <message>
        <source>Purchase</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Impression</source>
        <translation>曝光</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <source>day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>perennial: the BLAS in use is not OpenBLAS, training and scoring are many times slower; install libopenblas0-pthread</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Customer lifetime value on your own machine. Without a verb: opens the window on FILE.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Print what this program runs on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Print the result as JSON</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>converged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failed: no maximum found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>boundary: the data show no churn; the NBD is reported in its place</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>boundary: the tail of spend has no finite mean; predictions use the observed one</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>boundary: all customers look alike</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>boundary: a parameter runs to its limit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>log-likelihood %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 customers up to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 customers left out: nothing spent on the days that count</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>saved as run %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not saved: the project is open for reading only</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>amount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>stored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>duplicate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>excluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users, %2 items, %3 orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 amounts had more than four decimals and were rounded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Went on where an interrupted import had stopped.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Dry run: nothing was written.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as set in the project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from the gaps in the data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the default: the data can't say</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users known on %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>churned after %1 without any activity (%2)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>current</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>resurrected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>dormant</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>active</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>(not over yet)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No data to show.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not a valid value: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The horizon must be at least one day: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give a length such as 180d, 39w or 1y.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no model called %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no user %1 in this project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no column %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name a column by its header or its number, counted from 1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no import profile called %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no table called %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No column is mapped to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Map a column to it, or give a constant.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The mapping does not fit: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The configuration is not usable: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>This is a folder, not a file</source>
        <translation>这是文件夹，不是文件</translation>
    </message>
    <message>
        <source>The file can't be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It is not possible to write here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose a folder you may write to, or open the project read-only.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file exists already</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading or writing failed: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>Too few columns (found / needed): %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check the delimiter.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The data can't be read: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No row could be used; the commonest reason: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check the mapping of the columns.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This file has been imported already: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This is not a Perennial project</source>
        <translation>这不是 Perennial 项目</translation>
    </message>
    <message>
        <source>The project was made by a newer Perennial (version of the file / of this program: %1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Update Perennial to open it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project file is damaged: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Restore a copy of it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project is open in another window or program: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open it read-only, or close the other window.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>项目以只读方式打开</translation>
    </message>
    <message>
        <source>An earlier import was not finished: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import the same file again to go on.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project has no events</source>
        <translation>项目没有事件</translation>
    </message>
    <message>
        <source>Import events first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project has no purchases</source>
        <translation>项目没有购买记录</translation>
    </message>
    <message>
        <source>Import events of kind purchase first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody has bought twice, so there is nothing to fit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is too little data: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The model is not trained yet: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train it on the page Models.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The users are not scored yet</source>
        <translation>用户尚未评分</translation>
    </message>
    <message>
        <source>Score them first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The fit did not converge: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The computation left the finite numbers: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The device is not available: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose auto or cpu.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Something went wrong inside Perennial: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>the history is shorter than three horizons: labels span %1 days and scores are carried to the horizon at a constant rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no purchases: churn and value were not learned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>fewer than two items: the next item was not learned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>everybody, or nobody, ordered again: churn was not learned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>too few users spent anything in the label windows (%1): value was not learned</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>memory ran out: the batch was halved to %1 sequences</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>only the %1 most frequent items have an embedding of their own</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>stopped after epoch %1: the validation loss no longer fell</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as asked</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>LibTorch offers a CUDA device</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>this LibTorch was built without CUDA</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>LibTorch found no CUDA device</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Behaviour model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Popularity, all time</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Popularity, last 30 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>BG/NBD and Gamma-Gamma</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Past spend carried forward</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1, as known at %2 (%3)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>behaviour model, run %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no events: what is popular</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no purchases: stages only, nothing is predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>nobody bought on two days: stages only, nothing is predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the data show no churn: P(alive) would be 1 for everybody and is left empty</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the value model could not be fitted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no money in the purchases: only orders are predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no spend model fits: everybody is given the mean order seen so far</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the behaviour model was trained for another horizon and is not used</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the behaviour model has seen later events and is not used</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>the behaviour model could not score</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users at %2, the next %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>realised %1 by %2 customers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>predicted value %1 (margin %2, discount %3 a year), %4 orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>mean P(alive) %1, mean churn risk %2 (%3)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>against the known truth: total %1, bias %2, mean error %3 a user, rank correlation %4, AUC of P(alive) %5</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from an experiment</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>observed, not tested</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>an assumption</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  change in LTV     %1 %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  change in revenue %1 %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  change in margin  %1 %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  cost              %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  return            %1, P(it pays) %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  breaks even at    %1 a user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users at %2, the next %3; 90 % intervals from %4 draws</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Baseline</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  predicted value   %1 %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  revenue           %1 %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  active customers who stay %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! the value model is at the edge of what the data can say; where they show no churn, a retention lever moves nothing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>run %1 on %2 (%3)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>learned from %1 to %2, judged on the %3 days after it, horizon %4 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>best of %1 epochs: %2; then %3 over everything up to %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 sequences, %2 a second, %3 in all</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users ranked among %2 items, %3 customers for churn and value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10 new</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>churn AUC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Spearman</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>MAE</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::Banner</name>
    <message>
        <source>Warning</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This project is open read-only: another window or program is writing to it, or the file cannot be written.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing to do</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::BehaviorConfigForm</name>
    <message>
        <source>Runs on the CPU, as chosen.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Runs on %1, as chosen.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Automatic: runs on %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Automatic: runs on the CPU, as this LibTorch was built without CUDA.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Automatic: runs on the CPU, as no CUDA device was found.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Quick look</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Thorough</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Custom</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Quick: a first impression within a minute or two on the sample shop. Balanced: the default. Thorough: a larger network, trained for longer.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CPU</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CUDA</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>De&amp;vice</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Epochs at most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Passes over the users; stops earlier when the validation loss no longer falls.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The same seed on the same device gives the same model, bit for bit.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Patience</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Epochs without a better validation loss before it stops.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Network width</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size of the vectors; a multiple of the heads.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Attention heads</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ways in which past events are compared.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>More layers see longer patterns and train more slowly.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Events per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The most recent events a user is seen by.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Dropout</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of the network switched off while training.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size of a step; smaller is slower and steadier.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pull of all weights towards 0 (AdamW).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gradient clip</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Largest norm of a step's gradient.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Batch size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sequences in a step; halved where memory runs out.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Windows per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sequences drawn from each user per epoch.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Validation users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>At most this many are scored after each epoch.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Refit epochs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Passes over everything up to t₀ once the best epoch is known; 0 = none.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Items at most</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Items with a vector of their own, most frequent first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Horizon</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The window churn and value are learned for.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as the project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weight: next item</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Of this head in the loss; 0 leaves it out.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weight: churn</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weight: value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 Range %L2 to %L3.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The network width must be a multiple of the attention heads.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::Card</name>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>Menu of %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ChartCard</name>
    <message>
        <source>Copy image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Show data table</source>
        <translation>显示数据表</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>全屏显示</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ChartView</name>
    <message>
        <source>Chart</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Type a command</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::DataPage</name>
    <message>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>%1 events of %2 users, %3 to %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Distinct user keys in all sources.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Distinct item keys in all sources.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stored rows of all kinds: views, carts, purchases, refunds, …</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Purchase rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order lines bought; an order may have several.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gross revenue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sum of all purchases, before refunds, margin and discount.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Days covered</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From the first to the last day that has an event (UTC).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Project settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every figure of the program is computed with these. Changing them changes no data; the users must be scored again. Stages from the top down: churned, dormant, loyal, converted, acquired, active, retained.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A project is one file that holds the events, the settings and every result computed from them.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Read events from a CSV file into this project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 with a purchase</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>in %1 orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>refunds %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The sources could not be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The import of %1 was interrupted after %2 rows. Resume it, or remove what it brought.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The import could not be resumed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The unfinished import could not be removed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The rejected rows could not be read</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ErrorPanel</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>perennial::ExportVerb</name>
    <message>
        <source>Write a table as CSV</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 rows in %2</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::FitVerb</name>
    <message>
        <source>Fit a value model: how often customers buy, or what they spend</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ImportCheckStep</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read as set in the step before</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read with the profile %1</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>All of the first %n rows would come in</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the first %n rows would be rejected</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>What will be imported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>also if the same content is already in the project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>drop what an interrupted import of this file left</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check of the whole file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reads every row as the import would and writes nothing: the control totals and the reasons for rejected rows are those of the import.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check the whole file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reasons for rejected rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why rows stay out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not checked yet. The import itself checks every row as well: nothing is lost silently.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading the file…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ImportDialog</name>
    <message>
        <source>Import events</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Next</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>1 File</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>2 Columns</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>3 Check</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>4 Result</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>▸ %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Step %1 of 4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Check %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Another import is still running.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ImportFileStep</name>
    <message>
        <source>Drop a file of events here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CSV, or CSV packed with gzip: one row per order line, view, cart, refund, … Nothing leaves this machine.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>File to import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Path of the file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What the file is</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>gzip</source>
        <translation type="unfinished" />
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>separated by %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>with a header row</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>without a header row</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>recognised as %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>File of events to import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Event files (*.csv *.csv.gz *.txt *.tsv *.gz);;All files (*)</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ImportMappingStep</name>
    <message>
        <source>What keeps the file from being imported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A known layout of files; changing anything makes it your own.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Dates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How dates are written, such as dd/mm/yyyy HH:MM. Times without a zone are taken as UTC.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Kind of event</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>D&amp;ecimal mark</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>point .</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>comma ,</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Thousands mark</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>space</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>apostrophe '</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>D&amp;uplicates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>first row &amp;names the columns</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Columns of the file and their meaning</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>First rows of the file and what becomes of them</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>none: as set below</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ISO 8601 or yyyymmdd</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from a column</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>every row: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What becomes of it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ comes in</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ImportResultStep</name>
    <message>
        <source>Progress of the import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Control totals</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reasons for rejected rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why rows stayed out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel the import</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show rejected rows…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Importing…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> · %1 left</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This window can be closed: the import goes on, see the job panel.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The import was cancelled</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✕ Nothing was imported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything it had brought was taken out again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ %1 rows were imported</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ImportVerb</name>
    <message>
        <source>Import events from a CSV or CSV.gz file</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::JobLine</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel job</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>perennial::JobPanel</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>Close job panel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is running, and nothing has run in this session.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::JobStatus</name>
    <message>
        <source>Show jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel job</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No jobs</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <source>Jobs: %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::KpiCard</name>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
</context>
<context>
    <name>perennial::LeverTable</name>
    <message>
        <source>Retention</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order frequency</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> pts</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of the users active at t₀ who are still active at the end of the horizon, in percentage points.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orders per unit of time while a user is active, in percent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Net revenue of an order, in percent.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lever</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Effect</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>± spread (sd)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>On whom</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cost per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: effect, slider</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: effect</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: spread of the effect</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Standard deviation of the effect: how unsure of it you are. 0 takes it as certain.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everybody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: on whom</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: cost per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Paid once, at t₀, for every user it is aimed at.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::LifecycleVerb</name>
    <message>
        <source>Where every user stands, and how the active users changed</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::MainWindow</name>
    <message>
        <source>Perennial</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project</source>
        <translation>未打开项目</translation>
    </message>
    <message>
        <source>%1 (read-only)</source>
        <translation>%1（只读）</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Device that models train on; see System</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open or make a project first: events are imported into it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>新建项目(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>打开项目(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Import events…</source>
        <translation>导入事件(&amp;I)…</translation>
    </message>
    <message>
        <source>S&amp;core users</source>
        <translation>为用户评分(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到%1</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>跟随系统语言</translation>
    </message>
    <message>
        <source>The language changes when Perennial is started again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>About Perennial</source>
        <translation>关于 Perennial</translation>
    </message>
</context>
<context>
    <name>perennial::MappingModel</name>
    <message numerus="yes">
        <source>%1 of the first %n rows cannot be read</source>
        <translation type="unfinished">
            <numerusform />
        </translation>
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>–</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>cannot be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Column</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Meaning</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Example</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read as</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The behaviour model of run %1 is in use.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No behaviour model has been trained yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train behaviour model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Make the selected run champion</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train the behaviour model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A transformer over each user's last events with three heads: the next item, churn within the horizon and value within the horizon. The newest part of the history is held back to measure it; the weights of the epoch with the lowest loss there are kept.

Kang &amp; McAuley (2018), Self-attentive sequential recommendation; Wang, Liu &amp; Miao (2019), A deep probabilistic model for customer lifetime value prediction.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Start training</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score all users with it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loss by epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean loss of all heads together on training windows and on the held-back window. Training stops when the validation loss no longer falls.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next item among the first ten (HR@10)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of validation users whose next item is among the ten that the model ranks first. New items: those the user had not met before.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Behaviour model beside simple models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10 and NDCG@10: next item, higher is better. AUC: who orders again, higher is better, 0.5 is chance. Log loss and MAE: lower is better. Spearman: order of users by value, higher is better. Bias: predicted over actual total, minus 1; nearer 0 is better.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comparison of models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every fit and training of this project. The champion of a model is the run that all pages use; a new run becomes it, and an older one can be made it again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Make champion</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models are trained on a project's events.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This project has no events yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The behaviour model learns from what users viewed, clicked and bought.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <source>Run %1 is no behaviour model; only those are compared.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train the behaviour model to see it beside popularity and BG/NBD on the same split.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>run %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run %1 has no comparison: it did not finish.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The champion could not be changed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run %1 is in use now. Score the users again to see it everywhere.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project is open for reading only: another window or a read-only folder holds it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select a finished run first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading the events…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The training in %1 is done.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The training in %1 did not finish.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run %1 is done: best epoch %2, %3 on %4. Users still have the scores of before.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancelled. The champion is as it was.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The training did not finish</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>estimating the time left</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::NewVerb</name>
    <message>
        <source>Create a project, empty or with a sample shop whose truth is known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Created %1, an empty project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Created %1 with a sample shop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  %1 users, %2 of them bought; %3 events; %4 items in %5 categories</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  sold %1, refunded %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>  known truth: %1 users still active, net revenue of the next 180 days %2</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Scoring finds every user's stage, value and churn risk, which everything on this page is made of.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Users known at the snapshot date: with an event, or signed up, by then.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Active users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users who are neither dormant nor churned at the snapshot date. Below: how many were active in the last complete period, against the one before.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Net revenue up to the snapshot date: purchases less refunds, before margin and discount.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean churn risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value at risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by activity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Per period: new = first activity ever; current = active in the period before as well; resurrected = active earlier, but not in the period before; dormant (below zero) = active in the period before, not in this one. Active = active before + new + resurrected − dormant, exactly.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by stage</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Click a bar to see only its users; Esc shows all.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk, users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lifetime value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One row per user of the segment. Realised value is of the past, predicted value of the horizon; LTV is both together.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The users could not be exported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Interval of the predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>90 % interval %1 – %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 users are active; the next %3 days are expected to bring %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 of %2 users are active; nothing can be predicted without orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>on %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>net, up to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted, next %1 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Expected net revenue of the next %1 days × margin %2, discounted by %3 per year to %4, by the value models (BG/NBD × Gamma-Gamma). The interval is of the models' parameters (90 %): it does not contain the chance in what individuals do.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean over users of the probability that they do not order in the next %1 days, by the %2. Not the same as the stage “churned”, which is a silence in the past.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value of the users whose churn risk is 50 % or more.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users at ≥ 50 % risk</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody has ordered on two days yet</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>source: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>On %1; churned after %2 days of silence.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churn risk, next %1 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by the probability that they do not order in the next %1 days. Source: %2, at %3.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Source: %1. %2 users have no risk: they never ordered.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Source: %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lifetime value, predicted for the next %1 days, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by predicted value (margin-weighted, discounted) of the %2 days after %1; what they brought before is not in it. Logarithmic classes; who is worth nothing has a bar of their own.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted per user, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by activity, per %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All users: flows are not split by stage.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hatched: the last %1 is complete on %2.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 vs %2 before</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ProjectActions</name>
    <message>
        <source>Jobs are running</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Jobs are still running on this project. What they have not finished is lost; the project stays as it was before them.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel the jobs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Perennial project (*%1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Make the sample shop</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>%1 is open in another window or program%2. It can be opened read-only: all pages work, nothing is changed.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open read-only</source>
        <translation>以只读方式打开</translation>
    </message>
    <message>
        <source>Score users</source>
        <translation>为用户评分</translation>
    </message>
</context>
<context>
    <name>perennial::ProjectSession</name>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Read project</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::RecommendVerb</name>
    <message>
        <source>Recommend items to one user, or to everybody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 recommendations for %2 users written to %3</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::RecommendationPanel</name>
    <message>
        <source>%1 on %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recommendations</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The items the behaviour model finds most likely to be this user's next. Score: probability that it is the next item, over all items. Cosine: likeness of the user's and the item's vector, −1 to 1. Because: the past events without which the item would have been less likely. Items bought in the last 30 days are left out.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Popular with everybody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The items bought by most users up to the snapshot date, with their share of all buyers of an item: the list to beat.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recommendations for the selected user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>#</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cosine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Because</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Items popular with everybody</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <source>Price</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No user is selected.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Select one in the table to see what the behaviour model would offer, and which past events spoke for it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No behaviour model has been trained yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It learns from the order of events which item comes next for whom; without it only the popular items can be offered.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Train a model…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recommendations for %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This user has no events the model could go by: these are the popular items.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model run %1, history up to %2.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Popular items</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No event names an item.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::RejectedDialog</name>
    <message>
        <source>Rejected rows of %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rejected rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 rows of %2 are not in the project: %3 rejected, %4 excluded by the profile. They are kept here as they stand in the file.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::RejectedRowsModel</name>
    <message>
        <source>Line</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Column</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The row as it stands in the file</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ReportPreview</name>
    <message>
        <source>Preview of the report's pages</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ReportsPage</name>
    <message>
        <source>Users with their scores</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recommendations, ten per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rejected rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model runs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Flows per period</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stages</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sources and control totals</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Written in this session</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Files written in this session</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Written, UTC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export PDF</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The report could not be written</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Write the report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Written: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export table as CSV</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1, %2 rows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The table could not be exported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Brief: figures and users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model card and data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Users have not been scored: the report describes the data only.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scores are older than the data or the settings; the report says so.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 pages, data %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export PDF…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Every figure comes from the functions the pages use. The report prints its segment, snapshot date, horizon, data hash and model runs, and a date.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Title</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Letter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Page size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Page &amp;size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Custom</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Te&amp;mplate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Section: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One page wide</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Two pages wide</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Three pages wide</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pages side by side</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A report describes a project's customers.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose at least one section.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Report preview</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::RoleDelegate</name>
    <message>
        <source>Meaning of column %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::RunRows</name>
    <message>
        <source>%1 %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>HR@10</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>churn AUC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>value Spearman</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>converged</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>at a boundary</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>log-likelihood %1, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>● champion</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot t₀</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Started, UTC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>perennial::ScenariosPage</name>
    <message>
        <source>The change could not be stored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <source>Nothing is changed: the scenario is the baseline.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ value %1 in the next %2, if the assumed effect holds.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenarios change the future of a project's customers.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nobody in this project has bought anything yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A scenario changes orders to come, and those are predicted from orders made.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <source>New scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A lever is pulled twice on the same users, or beyond what is possible.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>90 %: %1 to %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>breaks even at %1 per user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>paid at t₀</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>no cost, no return on it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>of %1 draws</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>needs a cost</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difference, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ revenue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ margin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Next %1, 90 % intervals from %2 draws, seed %3.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Revenue, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Margin, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <source>Assumption: the effect does not come from an experiment.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The value model sees no dropout here: a retention lever moves nothing.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2 users, %3 of them customers.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>data of now</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>older data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved scenarios</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Each with the figures of its last run. “Run all again” values all of them on the data of now, with the same draws.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run all again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Effect from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>5 %</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>95 %</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cost</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ROI</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>P(ROI &gt; 0)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved, UTC</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Saved scenarios: difference in predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ value, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenario could not be saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenario “%1” saved.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenario could not be loaded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rename scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is a scenario of this name already</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenario could not be renamed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenario could not be deleted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenario “%1” deleted. Undo brings it back.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run all saved scenarios</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenarios could not be run</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run all scenarios again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The outcomes could not be saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import scenarios</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenarios (*.json);;All files (*)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The file could not be read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This is no file of scenarios</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenarios could not be saved</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The scenario could not be exported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Written: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The project is open for reading only: another window or a read-only folder holds it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give the scenario a name first.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import scenarios…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export scenario…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Levers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What an action would change in the future of the customers it is aimed at. Who is in a stage is frozen at t₀. The effect is drawn from a normal distribution around your number; the same draws value the baseline and the scenario.

Unless the effect comes from an experiment it is an assumption: churn risk is not uplift.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Assumption</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Observation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Experiment</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Effect known from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Draws</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Δ predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenario minus baseline, margin-weighted and discounted to t₀, before the cost. The interval is the middle 90 % of the draws: parameters and effect, not the chance in single customers.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>(Δ margin − cost) / cost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of the draws in which Δ margin exceeds the cost.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difference from the baseline</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Baseline and scenario</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Baseline</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ScoreVerb</name>
    <message>
        <source>Stage, churn risk and predicted value of every user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 rows in %2</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ScoredPage</name>
    <message>
        <source>Score users</source>
        <translation>为用户评分</translation>
    </message>
    <message>
        <source>Stage, value and churn risk of every user anew</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A project holds the events, models and results that this page shows.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This project has no events yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything here is computed from what users did: orders, views, refunds.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <source>The users have not been scored yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Data or settings have changed since the users were scored on %1 (UTC): these figures are of before.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Score again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing to show yet.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::SegmentBar</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All users</source>
        <translation>全部用户</translation>
    </message>
    <message>
        <source>Choose the users shown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove the filter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>stage = %1  ×</source>
        <translation>阶段 = %1  ×</translation>
    </message>
    <message>
        <source>Remove the filter on stage %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users</source>
        <translation>%1 位用户</translation>
    </message>
    <message>
        <source>Count users</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::SettingsForm</name>
    <message>
        <source>The horizon must be at least one day.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“%1” is not a currency code: three letters such as EUR.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The margin must be above 0 % and at most 100 %.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The discount must be at least 0 % and below 100 % per year.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“Churned after” must be more days than “Dormant after”.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What is wrong with the settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>ISO 4217 code. Amounts are taken as they stand in the files; nothing is converted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Currency</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> % of revenue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Margin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of net revenue that is profit. Predicted value is multiplied by it; realised value is not.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Margin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> % per year</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Discount rate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Effective annual rate at which future revenue is discounted to the snapshot date.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Discount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Horizon</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The window after the snapshot date that is predicted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Horizon</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>last day with an event</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot on the last day with an event</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything up to this day is input, everything after it is what is predicted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Snapshot date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Period of the models and flows</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The time unit in which the value models count, and of the lifecycle flows.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Period</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>first purchase counts in the spend model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Off: Gamma-Gamma learns from repeat order days only.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Churned after days without activity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>from the data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The shortest silence after which at most 10 % come back within the horizon, by Kaplan–Meier over the gaps between activities; 90 days where the data can't say.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>C&amp;hurned after</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Dormant after days without activity</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>D&amp;ormant after</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source> orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orders of a loyal user</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Loyal from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Days in which the last order of a loyal or converted user lies</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Loyal, con&amp;verted: last order within</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Days a user without an order is called acquired</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ac&amp;quired for</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Active days needed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Window of the active days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>in the last</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Active from</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Apply settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Discard changes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>last day with an event (%1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>change settings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Nothing is known on %1: the first event is of %2.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::SimulateVerb</name>
    <message>
        <source>What if: the value of scenarios against the baseline, with intervals</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::SourcesPanel</name>
    <message>
        <source>Source</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rows read</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Excluded</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Amount stored, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Imported (UTC)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ complete</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>! unfinished</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>One row per imported file or generator run. Every row of a file is exactly one of stored, duplicate, rejected and excluded; select a source for its control totals.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No events yet.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Orders, views and refunds are what stages, values and recommendations are computed from.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <source>Control totals</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rows and money that were read add up to what became of them; nothing is dropped silently.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Show rejected rows…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ The totals agree: nothing was lost</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✕ The totals do not agree: verify the project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>profile %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>content hash %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Control totals of %1</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>%1 is open.</source>
        <translation>已打开 %1。</translation>
    </message>
    <message>
        <source>Open a project, or make one from a file of events.</source>
        <translation>打开一个项目，或用事件文件新建项目。</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>No project has been opened yet. The sample shop shows every page with data whose truth is known.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Begin</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <source>A made-up shop of 20 000 users whose truth is known</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>A .perennial file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>An empty file to import your events into</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <source>CSV or CSV.gz into the open project</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everything stays on this machine. You can also drop a .perennial or .csv file on the window.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::SystemPage</name>
    <message>
        <source>Copy system report</source>
        <translation>复制系统报告</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Training takes the graphics card where the LibTorch in use offers one (CUDA), else the processor. A step of training is about 6 times slower without OpenBLAS.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Jobs of this session</source>
        <translation>本次会话的任务</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Job</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log of this project</source>
        <translation>项目日志</translation>
    </message>
    <message>
        <source>Every change of the project, newest first. Each line holds a hash of itself and the line before, so that a changed or missing line is found by Verify.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hash</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Perennial</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Qt</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>LibTorch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SQLite</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>BLAS</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>none found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>⚠ This is not OpenBLAS: training is about 6 times slower than it could be. Install libopenblas0-pthread.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>%1 of the machine, %2 for training</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Training runs on %1, with OpenBLAS.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Training runs on %1, without OpenBLAS: slowly.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CUDA found: %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>this LibTorch was built without CUDA</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>LibTorch found no CUDA device</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as asked</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>perennial::TableView</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>perennial::TrainVerb</name>
    <message>
        <source>Train the behaviour model and compare it with its baselines</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::TruthCard</name>
    <message>
        <source>Against the known truth of this sample</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This project was generated: each user's real expected future value is known and was told to no model. Compared are all users; who never ordered is predicted 0. The truth has the same margin and discount.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <source>True expected value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bias</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted over true total, less 1; 0 % is best.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mean over users of |predicted − true|.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rank correlation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Spearman's, of predicted and true value over users: 1 = the same order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>AUC of P(alive)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Probability that a user who is still active gets a higher P(alive) than one who has left; 0.5 is chance.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>per user, %1 users</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::UserTableModel</name>
    <message>
        <source>Sort users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Read users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not known for this user: no order yet, or no model has been run.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <source>P(alive)</source>
        <translation>存活概率</translation>
    </message>
    <message>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <source>Expected orders</source>
        <translation>预期订单数</translation>
    </message>
    <message>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <source>Behaviour model's value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised revenue</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>LTV at margin</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::UserTableView</name>
    <message>
        <source>Search user</source>
        <translation>搜索用户</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>Export users as CSV</source>
        <translation>导出用户为 CSV</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Users, first column</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users · %2 orders · realised %3 · predicted %4</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users selected · realised %2 · predicted %3</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users selected</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export users</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>perennial::ValuePage</name>
    <message>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>Scoring fits the value models and predicts what each user will bring; this page shows the result and how far it can be trusted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Settings these figures were computed with</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Change settings…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Net revenue up to the snapshot date: purchases less refunds, before margin and discount.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users with at least one order up to the snapshot date.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Expected orders</source>
        <translation>预期订单数</translation>
    </message>
    <message>
        <source>Top 10 % of users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of the predicted value that the most valuable tenth of the users with a prediction holds.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by net revenue up to the snapshot date, before margin. Logarithmic classes; who has brought nothing has a bar of their own.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Concentration of value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which share of all value the most valuable users hold. On the diagonal everybody is worth the same. Gini: 0 = all the same, towards 1 = one user holds all. Negative values count as 0.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tenths of users by value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users sorted by value, the best first, in ten equal groups; realised and predicted are sorted each by itself, so the users of a row need not be the same.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Best</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Realised, mean</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <source>Predicted, mean</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Value models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>BG/NBD (Fader, Hardie &amp; Lee 2005) says how often customers order and whether they still do; Gamma-Gamma (Fader &amp; Hardie 2013) what they spend an order day. Fitted by maximum likelihood on the orders up to the snapshot date; SE = standard error.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parameters of the value models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Parameter</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Estimate</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SE</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fit and score again</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Repeat orders, model against observed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Customers by the number of order days after the first, up to the snapshot date: observed, and as many as the fitted model expects. Where they part, the model's predictions should not be trusted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised value: net revenue up to the snapshot date. Predicted value: of the horizon, with margin and discount. LTV: both together.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The users could not be exported</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Snapshot %1 · horizon %2 · margin %3 of net revenue · discount %4 per year · %5 · data %6</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised value to date, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Realised per user, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value, next %1 days, %2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Users by expected net revenue of the next %1 days × margin, discounted to the snapshot date. Logarithmic classes; who is expected to bring nothing has a bar of their own.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted per user, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gini: realised %1, predicted %2.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tenths of users by value, %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted: of the %1 users with a prediction.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>net, up to %1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>of %1 users</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Predicted value, next %1 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sum over users of margin × net share × mean order value × discounted expected orders of the next %1 days. Realised value is not in it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Expected orders, next %1 days</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Order days expected of all users in the next %1 days; several orders of one day count once.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>with margin and discount</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No value model could be fitted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>of the predicted value</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The next %1 days are expected to bring %2; the top tenth of users holds %3 of it</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1 users have brought %2 so far</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2. Log-likelihood %3, %4 customers, period: %5.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>%1: %2. Log-likelihood %3, %4 customers with repeat orders.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Everybody is given the observed mean spend of an order.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Run %1, fitted %2 (UTC), data %3.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>All customers up to %1.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No value model could be fitted: it takes customers who have ordered on two different days or more.</source>
        <translation type="unfinished" />
    </message>
</context>
</TS>
