<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CommandLine</name>
    <message>
        <location filename="../../app/verbs/screenshots_verb.cpp" line="16"/>
        <source>Render every page to PNG, in light and dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportTexts</name>
    <message>
        <location filename="../../ui/pages/import/import_texts.cpp" line="47"/>
        <source>%1: column “%2”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_texts.cpp" line="51"/>
        <source>%1: “%2” for every row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_texts.cpp" line="64"/>
        <source>%1 users, %2 items, %3 purchase rows in %4 orders, %5 refunds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_texts.cpp" line="69"/>
        <source>%1 amounts had more than 4 decimals and were rounded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_texts.cpp" line="73"/>
        <source>Went on where an interrupted import of this file had stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_texts.cpp" line="76"/>
        <source>%1, %2 rows a second</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="22"/>
        <source>another number of columns than the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="23"/>
        <source>text that is not UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="24"/>
        <source>a zero byte in the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="25"/>
        <source>a quotation mark in the wrong place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="26"/>
        <source>a quotation mark that is never closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="27"/>
        <source>the row is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="28"/>
        <source>no user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="29"/>
        <source>no date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="30"/>
        <source>a date that cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="31"/>
        <source>no kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="32"/>
        <source>an unknown kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="33"/>
        <source>a quantity that is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="34"/>
        <source>a price that is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="35"/>
        <source>an amount that is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="36"/>
        <source>a purchase without an amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="37"/>
        <source>a name or number that is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="39"/>
        <source>a line that is no article (excluded by the profile)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="51"/>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="52"/>
        <source>Who did it. Needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="54"/>
        <source>Date and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="55"/>
        <source>When it happened; times without a zone are UTC. Needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="58"/>
        <source>Kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="59"/>
        <source>View, cart, purchase, refund, … A column, or one kind for every row. Needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="62"/>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="63"/>
        <source>The article&apos;s number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="65"/>
        <source>Item name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="66"/>
        <source>The article&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="68"/>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="69"/>
        <source>The article&apos;s category.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="71"/>
        <source>Quantity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="72"/>
        <source>Units, or a rating&apos;s stars; 1 where there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="75"/>
        <source>Unit price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="76"/>
        <source>Price of one unit: amount = price × quantity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="78"/>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="79"/>
        <source>Money of the whole row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="81"/>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="82"/>
        <source>Invoice or basket number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="84"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="85"/>
        <source>Phone, desktop, …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="87"/>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="88"/>
        <source>Country, town or shop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="90"/>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="91"/>
        <source>Where the visit came from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="93"/>
        <source>Event id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="94"/>
        <source>Names an event once and for all: rows with the same one are duplicates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="126"/>
        <source>comma ,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="128"/>
        <source>semicolon ;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="130"/>
        <source>tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="132"/>
        <source>bar |</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="134"/>
        <source>blanks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="143"/>
        <source>keep every row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="145"/>
        <source>drop equal rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="147"/>
        <source>drop repeated event ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="154"/>
        <source>%1 rows read = %2 stored + %3 duplicate + %4 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="158"/>
        <source> + %1 excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="174"/>
        <source>%1 %2 read = %3 stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="176"/>
        <source>%1 duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="177"/>
        <source>%1 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/import_words.cpp" line="179"/>
        <source>%1 excluded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewCharts</name>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="39"/>
        <source>Users per %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="41"/>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="42"/>
        <source>current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="43"/>
        <source>resurrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="45"/>
        <source>dormant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="46"/>
        <source>net change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="65"/>
        <source>No activity up to the snapshot date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="72"/>
        <location filename="../../ui/pages/overview_charts.cpp" line="101"/>
        <location filename="../../ui/pages/overview_charts.cpp" line="124"/>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="85"/>
        <location filename="../../ui/pages/overview_charts.cpp" line="117"/>
        <source>No users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="92"/>
        <source>Nobody has a churn risk: it needs at least one order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="97"/>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="107"/>
        <source>mean %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="130"/>
        <source>≤ 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="139"/>
        <source>%1 at zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="142"/>
        <source>%1 without a prediction (no order yet)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="146"/>
        <source>%1 below zero (refunds exceed purchases)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="152"/>
        <source>Bar at zero: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_charts.cpp" line="159"/>
        <source>behaviour model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <location filename="../../app/verbs/report_verb.cpp" line="25"/>
        <source>Write a PDF report of a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/report_verb.cpp" line="71"/>
        <source>%1: %2 pages, data %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportText</name>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="14"/>
        <source>the next item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="15"/>
        <source>the next new item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="16"/>
        <source>who orders again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="17"/>
        <source>the order of value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="31"/>
        <source>Nothing could be compared on this split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="34"/>
        <source>%1 is best for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="40"/>
        <source>%1 for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="36"/>
        <location filename="../../ui/report/comparison_words.cpp" line="41"/>
        <source>, </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="43"/>
        <source>Best: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="53"/>
        <source>Every model was given the events up to %1 and asked about the %2 after it. Ranks: the first item after the cut among all %3 items, %4 users, repeats allowed, ties counted half; “new”: the first item not met before, %5 users. Orders and value: %6 customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="59"/>
        <location filename="../../ui/report/comparison_words.cpp" line="64"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="59"/>
        <location filename="../../ui/report/comparison_words.cpp" line="64"/>
        <location filename="../../ui/report/learning_curves.cpp" line="65"/>
        <source>HR@10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="60"/>
        <location filename="../../ui/report/comparison_words.cpp" line="65"/>
        <source>NDCG@10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="60"/>
        <source>HR@10 new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="61"/>
        <source>NDCG@10 new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="61"/>
        <source>Churn AUC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="62"/>
        <source>Churn log loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="62"/>
        <source>Value MAE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="63"/>
        <source>Value Spearman</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="63"/>
        <source>Value bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="65"/>
        <source>HR new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="66"/>
        <source>NDCG new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="66"/>
        <source>AUC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="67"/>
        <source>Log loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="67"/>
        <source>MAE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="68"/>
        <source>Spearman</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="68"/>
        <source>Bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="73"/>
        <source>%1 (at a boundary)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/comparison_words.cpp" line="74"/>
        <source>%1 (failed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="16"/>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="27"/>
        <source>Epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="37"/>
        <source>best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="39"/>
        <source>Curves appear with the first epoch of a training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="57"/>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="58"/>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="59"/>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="66"/>
        <source>HR@10, new items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/learning_curves.cpp" line="67"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="59"/>
        <source>Share of users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/page_flow.cpp" line="43"/>
        <source>Page %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/page_flow.cpp" line="89"/>
        <source>%1 (continued)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/page_flow.cpp" line="330"/>
        <source>Nothing was chosen for this report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="22"/>
        <source>data %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="25"/>
        <source>horizon %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="28"/>
        <source>data %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="30"/>
        <source>Perennial · printed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="37"/>
        <source>This project is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="38"/>
        <source>These users have not been scored yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="40"/>
        <source>Import events to see where users stand and what they are worth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="41"/>
        <source>Stages, value and churn risk are known once all users have been scored. Until then this report describes the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="53"/>
        <source>What the following pages say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="54"/>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/report.cpp" line="54"/>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/scenario_figures.cpp" line="93"/>
        <source>assumption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/scenario_figures.cpp" line="95"/>
        <source>observation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/scenario_figures.cpp" line="99"/>
        <source>experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/scenario_figures.cpp" line="116"/>
        <source>%1 [%2, %3]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/scenario_figures.cpp" line="133"/>
        <source>No scenario has been run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="22"/>
        <source>the next %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="27"/>
        <source>Stage: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="28"/>
        <source>All users</source>
        <translation>全部用户</translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="34"/>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="88"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="61"/>
        <source>Behaviour model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="35"/>
        <source>Popularity, all time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="36"/>
        <source>Popularity, last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/section_words.cpp" line="40"/>
        <source>Past spend carried forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="13"/>
        <source>No churn risk is known for these users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="15"/>
        <source>%1 of %2 users (%3) are unlikely to order in %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="24"/>
        <location filename="../../ui/report/sections/churn_section.cpp" line="49"/>
        <location filename="../../ui/report/sections/churn_section.cpp" line="100"/>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="28"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="96"/>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="26"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="36"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="33"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="58"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="31"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="36"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="71"/>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="36"/>
        <source>unlikely to order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="37"/>
        <source>No churn risk is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="43"/>
        <source>Most predicted value at risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="44"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="90"/>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="45"/>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="52"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="57"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="91"/>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="46"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="92"/>
        <source>Orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="47"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="93"/>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="48"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="60"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="94"/>
        <source>Realised</source>
        <translation>已实现</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="50"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="61"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="72"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="98"/>
        <source>Predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="51"/>
        <source>No user with a predicted value has a churn risk of 50 % or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="65"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="37"/>
        <source>Mean churn risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="67"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="39"/>
        <source>Unlikely to order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="68"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="40"/>
        <source>churn risk of 50 % or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="69"/>
        <source>Predicted value of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="70"/>
        <source>%1 of all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="71"/>
        <source>Mean P(alive)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="72"/>
        <source>of customers, at t₀</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="80"/>
        <source>Churn risk is the chance of no order in %1 (source: %2). It is not the effect of an action: who is likely to leave need not be who can be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="87"/>
        <source>%1 users have no churn risk and are not drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="91"/>
        <source>Users by churn risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/churn_section.cpp" line="101"/>
        <source>How likely users are to order, and the value at risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="13"/>
        <source>This project has no data yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="23"/>
        <source>The control totals of an import do not balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="25"/>
        <source>%1 rows read, every one accounted for; %2 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="32"/>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="37"/>
        <source>%1 with a purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="38"/>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="39"/>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="40"/>
        <source>Purchases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="41"/>
        <source>%1 gross</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="42"/>
        <source>Refunds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="44"/>
        <source>Net revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="51"/>
        <source>Control totals, rows: read = stored + duplicate + rejected + excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="52"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="72"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="90"/>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="80"/>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="52"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="72"/>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="53"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="73"/>
        <source>Stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="53"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="73"/>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="54"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="74"/>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="54"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="74"/>
        <source>Excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="55"/>
        <source>Imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="56"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="75"/>
        <location filename="../../ui/report/sections/data_section.cpp" line="93"/>
        <source>Nothing has been imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="63"/>
        <source>unfinished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="71"/>
        <source>Control totals, amounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="76"/>
        <source>An amount that cannot be read counts as 0 on both sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="89"/>
        <source>Where the data came from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="90"/>
        <source>Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="91"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="92"/>
        <source>Content hash (BLAKE2b, first 16 digits)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="106"/>
        <source>Data hash %1. It changes whenever users, items or events change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="121"/>
        <source>Data and control totals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/data_section.cpp" line="122"/>
        <source>Sources, rows and amounts before and after import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="10"/>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="11"/>
        <source>Word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="11"/>
        <source>Meaning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="13"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="54"/>
        <source>Snapshot date t₀</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="14"/>
        <source>Everything known up to and including this day is input; everything after it is what is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="16"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="55"/>
        <source>Horizon H</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="17"/>
        <source>The window predicted: after t₀, up to and including t₀ + H.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="18"/>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="19"/>
        <source>A day with at least one purchase; several purchases on a day count once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="20"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="33"/>
        <source>Realised value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="20"/>
        <source>Purchases minus refunds up to t₀.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="21"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="45"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="35"/>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="22"/>
        <source>Expected net revenue in the horizon, times the margin, discounted to t₀ at the yearly rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="24"/>
        <source>LTV</source>
        <translation>生命周期价值</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="24"/>
        <source>Realised value plus predicted value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="25"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="95"/>
        <source>P(alive)</source>
        <translation>存活概率</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="26"/>
        <source>Chance under BG/NBD that the customer has not left for good by t₀. Only for users with an order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="29"/>
        <source>Chance of no order in the horizon. Not the same as 1 − P(alive): a customer who is still there may simply not order in the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="31"/>
        <source>Concentration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="32"/>
        <source>Users sorted by value and cut into ten equal parts; values below 0 count as 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="34"/>
        <source>New, resurrected, dormant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="35"/>
        <source>Users active in a %1 against the one before: first ever, back after a pause, or gone quiet. Active = active before + new + resurrected − dormant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="38"/>
        <source>90 % interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="39"/>
        <source>The middle 90 % of what the uncertain parameters allow. It does not include the chance in what single customers do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="41"/>
        <source>HR@10, NDCG@10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="42"/>
        <source>How often the item a user chose next was among the ten ranked first, and the same weighted by its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="51"/>
        <source>Stages, tested from the top; each user is in exactly one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="52"/>
        <source>Rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="57"/>
        <source>no activity for %1 or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="58"/>
        <source>no activity for %1 to %2 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="61"/>
        <source>at least %1 orders, the last within %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="65"/>
        <source>exactly one order, within %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="67"/>
        <source>known for less than %1, no order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="68"/>
        <source>active on at least %1 of the last %2 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="71"/>
        <source>everyone else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="79"/>
        <source>Methods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="80"/>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="86"/>
        <source>Silence after which a user counts as churned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="98"/>
        <source>Cleaning: a row that cannot be read is rejected with its line and reason and kept in the project; a row seen before is counted as a duplicate; rows a profile leaves out by rule are counted as excluded. Refunds reduce value on the day they are booked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="107"/>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="116"/>
        <source>Definitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="108"/>
        <source>What the words in this report mean, and where the methods come from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/definitions_section.cpp" line="117"/>
        <source>Words, stages, cleaning rules and sources of the methods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="17"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="11"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="17"/>
        <source>No user is in this segment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="23"/>
        <source>Every user here is in one stage: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="25"/>
        <source>%1 is the largest stage: %2 of %3 users (%4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="39"/>
        <source>No users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="51"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="49"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="64"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="75"/>
        <source>Nothing predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="62"/>
        <source>Share of predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="63"/>
        <source>Predicted per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="73"/>
        <source>Together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="92"/>
        <source>Users per %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="94"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="115"/>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="95"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="115"/>
        <source>Current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="96"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="116"/>
        <source>Resurrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="97"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="117"/>
        <source>Dormant</source>
        <translation>沉睡</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="108"/>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="119"/>
        <source>No activity yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="114"/>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="118"/>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="124"/>
        <source>%1, incomplete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="129"/>
        <source>Newest first. Active = active before + new + resurrected − dormant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="138"/>
        <source>%1 active users in the last complete %2: %3 new, %4 back, %5 gone quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="141"/>
        <source>No complete %1 of activity yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="143"/>
        <source>The last %1 periods of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="147"/>
        <source>Users by flow per %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="158"/>
        <source>Where every user stands at %1. A user is in exactly one stage; the rules are in the definitions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="162"/>
        <source>Users by stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="163"/>
        <source>Predicted value by stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="173"/>
        <source>Lifecycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/lifecycle_section.cpp" line="174"/>
        <source>Users and value by stage, and flows per period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="15"/>
        <source>converged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="18"/>
        <source>at the boundary: no dropout is visible, the NBD is used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="19"/>
        <source>at the boundary of its parameters (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="23"/>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="29"/>
        <source>%1, run %2, fitted up to %3: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="33"/>
        <source>Parameter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="33"/>
        <source>Estimate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="34"/>
        <source>Standard error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="35"/>
        <source>No parameters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="41"/>
        <source>Log-likelihood %1 on %2 customers, %3 left out. Data hash %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="58"/>
        <source>%1: %2 on %3 customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="66"/>
        <source>No value model has been fitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="67"/>
        <source>Predicted value needs users with more than one order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="70"/>
        <source>Orders follow BG/NBD (parameters per %1), the value of an order Gamma-Gamma. Standard errors by the delta method.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="79"/>
        <source>Same split, same users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="99"/>
        <source>How it was trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="100"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="49"/>
        <source>Setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="100"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="49"/>
        <location filename="../../ui/report/sections/value_section.cpp" line="162"/>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="102"/>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="103"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="104"/>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="105"/>
        <source>Learned from, validated on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="106"/>
        <source>events from %1 to %2; the window after it up to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="108"/>
        <source>Label window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="109"/>
        <source>Best epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="110"/>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="111"/>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="112"/>
        <location filename="../../ui/report/sections/summary_section.cpp" line="63"/>
        <source>Data hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="121"/>
        <source>No behaviour model has been trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="122"/>
        <source>Churn risk and recommendations then come from the value model and from popularity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="131"/>
        <source>The behaviour model, run %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="133"/>
        <source>The behaviour model learns from the order of a user&apos;s events. It predicts the next item, churn and value, and is measured on a window it has not seen, beside simple models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="138"/>
        <source>Loss by epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="139"/>
        <source>Next item among the first ten, by epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="154"/>
        <source>Model card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/models_section.cpp" line="155"/>
        <source>Parameters, errors, training and comparison with baselines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="20"/>
        <source>%1 of %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="34"/>
        <source>%1 (nothing known of this user: popular items)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="37"/>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="57"/>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="38"/>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="58"/>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="39"/>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="59"/>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="40"/>
        <source>Chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="41"/>
        <source>Cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="42"/>
        <source>Strongest reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="43"/>
        <source>No item can be recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="56"/>
        <source>For comparison: the most popular items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="60"/>
        <source>Share of popularity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="61"/>
        <source>No event names an item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="75"/>
        <source>The behaviour model gives no recommendations here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="76"/>
        <source>No behaviour model yet: only popular items are known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="77"/>
        <source>Recommendations for single users need a trained behaviour model and items in the events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="82"/>
        <source>What the most valuable user is likely to want next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="83"/>
        <source>What the %1 most valuable users are likely to want next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="85"/>
        <source>A sample. Chance is the model&apos;s probability that this is the next item; items bought in the last 30 days are left out. Behaviour model, run %1, history up to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="102"/>
        <source>Recommendations, a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/recommendations_section.cpp" line="103"/>
        <source>What the most valuable users are likely to want next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="14"/>
        <source>No scenario has been saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="23"/>
        <source>%1 scenarios are saved, none has been run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="27"/>
        <source>“%1” is expected to bring %2 more than it costs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="29"/>
        <source>No scenario is expected to earn more than it costs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="35"/>
        <source>Differences from the baseline, with 90 % intervals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="36"/>
        <source>Scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="37"/>
        <source>Effect from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="38"/>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="87"/>
        <source>Δ value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="39"/>
        <source>Δ revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="40"/>
        <source>Δ margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="41"/>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="42"/>
        <source>ROI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="43"/>
        <source>P(ROI &gt; 0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="59"/>
        <source>Some figures are from older data; run the scenarios again. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="61"/>
        <source>Δ value is margin-weighted and discounted; revenue and margin are not discounted. The interval is the uncertainty of the parameters and of the assumed effect. Figures are those of each scenario&apos;s last run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="73"/>
        <source>What if: levers on the future of customers, each against the same baseline with the same random draws. An effect that does not come from an experiment is an assumption, not a prediction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="82"/>
        <source>Difference in predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="97"/>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/scenarios_section.cpp" line="98"/>
        <source>Saved what-ifs with their intervals and return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="14"/>
        <source>None of the %1 users has ordered yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="17"/>
        <source>%1 customers have brought %2 so far; their future could not be predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="20"/>
        <source>%1 customers are expected to bring %2 in %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="32"/>
        <source>%1 with an order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="34"/>
        <source>net revenue up to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="36"/>
        <source>Expected orders</source>
        <translation>预期订单数</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="38"/>
        <source>no order in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="48"/>
        <source>What these figures stand on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="51"/>
        <source>run %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="51"/>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="56"/>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="57"/>
        <source>Margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="58"/>
        <source>Discount rate per year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="59"/>
        <source>Churned after silence of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="60"/>
        <source>Value model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="62"/>
        <source>Churn risk from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="64"/>
        <source>Scored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="74"/>
        <source>Everything known up to %1 is input. Predicted value is what the horizon is expected to bring: weighted with the margin and discounted. Realised value is net revenue so far. The two are never added without saying so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="80"/>
        <source>Note: the data or the settings have changed since these users were scored. Score again before relying on the figures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="93"/>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/summary_section.cpp" line="94"/>
        <source>Key figures, snapshot, horizon, margin and discount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="20"/>
        <source>No value could be predicted for these users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="23"/>
        <source>%1 users are expected to bring %2 in %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="26"/>
        <source>The best tenth of customers carries %1 of the predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="34"/>
        <source>Predicted value per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="55"/>
        <source>Share of predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="59"/>
        <source>Best tenth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="60"/>
        <source>Tenth %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="61"/>
        <source>User %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="70"/>
        <source>Customers by predicted value, in tenths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="71"/>
        <source>Tenth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="73"/>
        <source>Per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="74"/>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="74"/>
        <source>Cumulative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="81"/>
        <source>Gini coefficient %1 (0 = everybody brings the same).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="97"/>
        <source>Exp. orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="99"/>
        <source>No user is in this segment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="109"/>
        <source>%1 of %2 users; the whole table is exported as CSV.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="122"/>
        <source>Users by what they have brought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="125"/>
        <source>The most valuable user is expected to bring %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="127"/>
        <source>The %1 most valuable users are expected to bring %2, %3 of the total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="137"/>
        <source>Predicted value in %1, weighted with a margin of %2 and discounted at %3 per year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="143"/>
        <source>%1 users without an order have no prediction and are not drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="147"/>
        <source>Users by predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="149"/>
        <source>Predicted value by tenth of customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/report/sections/value_section.cpp" line="163"/>
        <source>Distribution, concentration and the most valuable users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScoreNotes</name>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="20"/>
        <source>Nobody has ordered yet: there are stages, but no values and no risks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="22"/>
        <source>Nobody has ordered on two different days: no value model can be fitted, so nothing is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="25"/>
        <source>The orders show no sign of customers leaving: P(alive) would be 1 for all and is left empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="28"/>
        <source>The value models could not be fitted: nothing is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="30"/>
        <source>The orders have no amounts: orders are predicted, values are not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="32"/>
        <source>No spend model could be used: everybody is given the observed mean order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="35"/>
        <source>The behaviour model was trained for another horizon and was not used; churn risk is the value model&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="38"/>
        <source>The behaviour model has seen events after the snapshot date and was not used; churn risk is the value model&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/score_notes.cpp" line="41"/>
        <source>The behaviour model could not score; churn risk is the value model&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ValueCharts</name>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="48"/>
        <source>! boundary: the data show no sign of customers leaving, so the model has become the NBD, which is reported in its place; P(alive) is 1 for all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="52"/>
        <source>! boundary: all customers seem to buy at the same rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="55"/>
        <source>! boundary: all customers seem equally likely to leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="58"/>
        <source>! boundary: all customers seem to spend alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="61"/>
        <source>! boundary: the fitted spend has no finite mean; everybody gets the observed mean spend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="64"/>
        <source>! boundary: the likelihood rises towards the edge of what the parameters may be; they are at the edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="73"/>
        <source>Nobody is worth anything yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="75"/>
        <source>Share of users, most valuable first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="76"/>
        <source>Share of value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="84"/>
        <source>realised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="87"/>
        <source>predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="98"/>
        <source>The model has no usable parameters to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="103"/>
        <source>Repeat orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="104"/>
        <source>Customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="108"/>
        <source>%1+</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="111"/>
        <source>expected by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="113"/>
        <source>observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="137"/>
        <source>%1–%2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="156"/>
        <source>✓ converged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_charts.cpp" line="162"/>
        <source>✕ failed: no parameters were found that fit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Verify</name>
    <message>
        <location filename="../../app/verbs/verify_verb.cpp" line="14"/>
        <source>ok</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/verify_verb.cpp" line="15"/>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/verify_verb.cpp" line="16"/>
        <source>DAMAGE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/verify_verb.cpp" line="56"/>
        <source>Check a project file for damage</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial</name>
    <message>
        <location filename="../../ui/charts/chart_bars.cpp" line="265"/>
        <source>not complete yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="94"/>
        <source>Series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="96"/>
        <location filename="../../ui/charts/chart_spec.cpp" line="163"/>
        <source>Lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="96"/>
        <location filename="../../ui/charts/chart_spec.cpp" line="163"/>
        <source>Upper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="113"/>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="113"/>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="128"/>
        <location filename="../../ui/charts/chart_spec.cpp" line="163"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="128"/>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_spec.cpp" line="197"/>
        <source>and %1 more rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="47"/>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="55"/>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="59"/>
        <source>done in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="62"/>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="65"/>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/message_dialogs.cpp" line="35"/>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/message_dialogs.cpp" line="57"/>
        <source>About Perennial</source>
        <translation>关于 Perennial</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/message_dialogs.cpp" line="65"/>
        <source>A workbench for customer lifetime value. Everything stays on this machine.

Built on Qt %1, Qt Charts, LibTorch, SQLite %2 and Eigen.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="13"/>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="15"/>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="27"/>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <location filename="../../ui/wording/format.cpp" line="245"/>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <location filename="../../ui/wording/format.cpp" line="249"/>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <location filename="../../ui/wording/format.cpp" line="251"/>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="38"/>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="38"/>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="65"/>
        <source>Acquired</source>
        <translation>新获取</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="67"/>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="69"/>
        <source>Retained</source>
        <translation>留存</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="71"/>
        <source>Converted</source>
        <translation>已转化</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="73"/>
        <source>Loyal</source>
        <translation>忠诚</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="75"/>
        <source>Dormant</source>
        <translation>沉睡</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="77"/>
        <source>Churned</source>
        <translation>已流失</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="86"/>
        <source>Known for only a few days, no order yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="88"/>
        <source>Active on several days lately, without a recent order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="90"/>
        <source>Still around, but none of the other stages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="92"/>
        <source>Exactly one order, and a recent one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="94"/>
        <source>At least two orders, the last one recent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="96"/>
        <source>Silent for weeks, but not long enough to count as churned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="98"/>
        <source>Silent for so long that a return is unlikely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="107"/>
        <source>View</source>
        <translation>浏览</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="109"/>
        <source>Click</source>
        <translation>点击</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="111"/>
        <source>Cart</source>
        <translation>加购</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="113"/>
        <source>Purchase</source>
        <translation>购买</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="115"/>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="117"/>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="119"/>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="121"/>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="123"/>
        <source>Impression</source>
        <translation>曝光</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="125"/>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="134"/>
        <source>day</source>
        <translation>日</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="136"/>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="138"/>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="147"/>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="149"/>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="../../ui/wording/words.cpp" line="151"/>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="148"/>
        <location filename="../../ui/wording/words.cpp" line="153"/>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <location filename="../../app/command_line.cpp" line="88"/>
        <source>perennial: the BLAS in use is not OpenBLAS, encoders other than attention train at half the speed; install libopenblas0-pthread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/command_line.cpp" line="162"/>
        <source>Customer lifetime value on your own machine. Without a verb: opens the window on FILE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/command_line.cpp" line="169"/>
        <source>Print what this program runs on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/command_line.cpp" line="174"/>
        <source>Print the result as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="42"/>
        <source>converged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="45"/>
        <source>failed: no maximum found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="48"/>
        <source>boundary: the data show no churn; the NBD is reported in its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="51"/>
        <source>boundary: the tail of spend has no finite mean; predictions use the observed one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="54"/>
        <source>boundary: all customers look alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="56"/>
        <source>boundary: a parameter runs to its limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="75"/>
        <source>log-likelihood %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="77"/>
        <source>%1 customers up to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="79"/>
        <source>%1 customers left out: nothing spent on the days that count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="82"/>
        <source>saved as run %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="83"/>
        <source>not saved: the project is open for reading only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="101"/>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="102"/>
        <source>amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="103"/>
        <source>read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="104"/>
        <source>stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="105"/>
        <source>duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="106"/>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="107"/>
        <source>excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="108"/>
        <source>%1 users, %2 items, %3 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="116"/>
        <source>%1 amounts had more than four decimals and were rounded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="120"/>
        <source>Went on where an interrupted import had stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="123"/>
        <source>Dry run: nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="54"/>
        <source>as set in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="55"/>
        <source>from the gaps in the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="56"/>
        <source>the default: the data can&apos;t say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="64"/>
        <source>%1 users known on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="70"/>
        <source>churned after %1 without any activity (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="75"/>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="76"/>
        <source>current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="77"/>
        <source>resurrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="78"/>
        <source>dormant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="79"/>
        <source>active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="90"/>
        <source>(not over yet)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_paint.cpp" line="30"/>
        <source>No data to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="20"/>
        <source>Not a valid value: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="24"/>
        <source>The horizon must be at least one day: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="25"/>
        <source>Give a length such as 180d, 39w or 1y.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="27"/>
        <source>There is no model called %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="31"/>
        <source>There is no user %1 in this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="33"/>
        <source>There is no column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="34"/>
        <source>Name a column by its header or its number, counted from 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="38"/>
        <source>There is no import profile called %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="40"/>
        <source>There is no table called %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="43"/>
        <source>No column is mapped to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="44"/>
        <source>Map a column to it, or give a constant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="46"/>
        <source>The mapping does not fit: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="50"/>
        <source>The configuration is not usable: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="52"/>
        <source>There is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="54"/>
        <source>This is a folder, not a file</source>
        <translation>这是文件夹，不是文件</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="57"/>
        <source>The file can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="58"/>
        <source>Check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="61"/>
        <source>It is not possible to write here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="62"/>
        <source>Choose a folder you may write to, or open the project read-only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="65"/>
        <source>The file exists already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="66"/>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="68"/>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="69"/>
        <source>Free some space and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="71"/>
        <source>Reading or writing failed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="74"/>
        <source>The file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="77"/>
        <source>Too few columns (found / needed): %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="78"/>
        <source>Check the delimiter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="80"/>
        <source>The data can&apos;t be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="83"/>
        <source>No row could be used; the commonest reason: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="84"/>
        <source>Check the mapping of the columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="87"/>
        <source>This file has been imported already: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="89"/>
        <source>This is not a Perennial project</source>
        <translation>这不是 Perennial 项目</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="93"/>
        <source>The project was made by a newer Perennial (version of the file / of this program: %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="97"/>
        <source>Update Perennial to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="99"/>
        <source>The project file is damaged: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="100"/>
        <source>Restore a copy of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="104"/>
        <source>The project is open in another window or program: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="105"/>
        <source>Open it read-only, or close the other window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="107"/>
        <source>The project is open read-only</source>
        <translation>项目以只读方式打开</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="111"/>
        <source>An earlier import was not finished: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="112"/>
        <source>Import the same file again to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="114"/>
        <source>The project has no events</source>
        <translation>项目没有事件</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="115"/>
        <source>Import events first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="117"/>
        <source>The project has no purchases</source>
        <translation>项目没有购买记录</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="118"/>
        <source>Import events of kind purchase first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="122"/>
        <source>Nobody has bought twice, so there is nothing to fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="125"/>
        <source>There is too little data: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="128"/>
        <source>The model is not trained yet: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="129"/>
        <source>Train it on the page Models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="131"/>
        <source>The users are not scored yet</source>
        <translation>用户尚未评分</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="132"/>
        <source>Score them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="134"/>
        <source>The fit did not converge: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="138"/>
        <source>The computation left the finite numbers: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="142"/>
        <source>The device is not available: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="143"/>
        <source>Choose auto or cpu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="145"/>
        <source>There is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <location filename="../../ui/error_text.cpp" line="151"/>
        <source>Something went wrong inside Perennial: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="17"/>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="19"/>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="21"/>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="23"/>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_registry.cpp" line="25"/>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="17"/>
        <source>the history is shorter than three horizons: labels span %1 days and scores are carried to the horizon at a constant rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="22"/>
        <source>no purchases: churn and value were not learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="25"/>
        <source>fewer than two items: the next item was not learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="28"/>
        <source>the history is too short for a label window: churn and value were not learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="31"/>
        <source>everybody, or nobody, ordered again: churn was not learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="34"/>
        <source>too few users spent anything in the label windows (%1): value was not learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="38"/>
        <source>memory ran out: the batch was halved to %1 sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="41"/>
        <source>only the %1 most frequent items have an embedding of their own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="44"/>
        <source>stopped after epoch %1: the validation grew no better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="52"/>
        <source>as asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="53"/>
        <source>LibTorch offers a CUDA device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="54"/>
        <source>this LibTorch was built without CUDA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="55"/>
        <source>LibTorch found no CUDA device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="63"/>
        <source>Behaviour model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="66"/>
        <source>Popularity, all time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="69"/>
        <source>Popularity, last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="72"/>
        <source>BG/NBD and Gamma-Gamma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/behavior_words.cpp" line="75"/>
        <source>Past spend carried forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/wording/format.cpp" line="256"/>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <location filename="../../ui/wording/format.cpp" line="256"/>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <location filename="../../app/verbs/recommend_verb.cpp" line="73"/>
        <source>%1, as known at %2 (%3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/recommend_verb.cpp" line="76"/>
        <source>behaviour model, run %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/recommend_verb.cpp" line="77"/>
        <source>no events: what is popular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="23"/>
        <source>no purchases: stages only, nothing is predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="25"/>
        <source>nobody bought on two days: stages only, nothing is predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="27"/>
        <source>the data show no churn: P(alive) would be 1 for everybody and is left empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="28"/>
        <source>the value model could not be fitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="29"/>
        <source>no money in the purchases: only orders are predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="31"/>
        <source>no spend model fits: everybody is given the mean order seen so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="33"/>
        <source>the behaviour model was trained for another horizon and is not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="35"/>
        <source>the behaviour model has seen later events and is not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="36"/>
        <source>the behaviour model could not score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="49"/>
        <source>%1 users at %2, the next %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="57"/>
        <source>realised %1 by %2 customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="59"/>
        <source>predicted value %1 (margin %2, discount %3 a year), %4 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="62"/>
        <source>mean P(alive) %1, mean churn risk %2 (%3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="67"/>
        <source>against the known truth: total %1, bias %2, mean error %3 a user, rank correlation %4, AUC of P(alive) %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="28"/>
        <source>from an experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="29"/>
        <source>observed, not tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="30"/>
        <source>an assumption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="31"/>
        <source>  change in LTV     %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="32"/>
        <source>  change in revenue %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="33"/>
        <source>  change in margin  %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="34"/>
        <source>  cost              %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="36"/>
        <source>  return            %1, P(it pays) %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="41"/>
        <source>  breaks even at    %1 a user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="52"/>
        <source>%1 users at %2, the next %3; 90 % intervals from %4 draws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="55"/>
        <source>Baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="56"/>
        <source>  predicted value   %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="57"/>
        <source>  revenue           %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="58"/>
        <source>  active customers who stay %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="63"/>
        <source>! the value model is at the edge of what the data can say; where they show no churn, a retention lever moves nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="41"/>
        <source>run %1 on %2 (%3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="45"/>
        <source>learned from %1 to %2, judged on the %3 days after it, horizon %4 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="49"/>
        <source>best of %1 epochs: %2; then %3 over everything up to %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="54"/>
        <source>%1 sequences, %2 a second, %3 in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="57"/>
        <source>%1 users ranked among %2 items, %3 customers for churn and value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="61"/>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="64"/>
        <source>HR@10 new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="65"/>
        <source>churn AUC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="66"/>
        <source>Spearman</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="67"/>
        <source>MAE</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::Banner</name>
    <message>
        <location filename="../../ui/pages/page_parts.cpp" line="51"/>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_parts.cpp" line="92"/>
        <source>This project is open read-only: another window or program is writing to it, or the file cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/page_parts.cpp" line="71"/>
        <source>Nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::BehaviorConfigForm</name>
    <message>
        <source>Default of %1</source>
        <translation>%1 的默认值</translation>
    </message>
    <message>
        <source>%1 · %2 changed</source>
        <translation>%1 · 已更改 %2 项</translation>
    </message>
    <message>
        <source>At least one head must have a weight.</source>
        <translation>至少一个输出头须有权重。</translation>
    </message>
    <message>
        <source>Must be a multiple of the attention heads (%1).</source>
        <translation>必须是注意力头数（%1）的倍数。</translation>
    </message>
    <message>
        <source>Must be 0.01 or more, or by itself.</source>
        <translation>必须不小于 0.01，或自动。</translation>
    </message>
    <message>
        <source>Settings of your own; a preset fills them all.</source>
        <translation>自定义设置；选择预设会填写全部设置。</translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="69"/>
        <source>Runs on the CPU, as chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="70"/>
        <source>Runs on %1, as chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="72"/>
        <source>Automatic: runs on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="74"/>
        <source>Automatic: runs on the CPU, as this LibTorch was built without CUDA.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="76"/>
        <source>Automatic: runs on the CPU, as no CUDA device was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="90"/>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="91"/>
        <source>More settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="115"/>
        <source>Quick look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="115"/>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="115"/>
        <source>Thorough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="115"/>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="116"/>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="117"/>
        <source>Quick: a first impression within a minute or two on the sample shop. Balanced: the default. Thorough: a larger network, trained for longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="119"/>
        <source>&amp;Preset</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="123"/>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="124"/>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="125"/>
        <source>CUDA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="126"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="127"/>
        <source>De&amp;vice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="136"/>
        <source>&amp;Epochs at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="136"/>
        <source>Passes over the users; stops earlier when the validation loss no longer falls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="141"/>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="142"/>
        <source>The same seed on the same device gives the same model, bit for bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="143"/>
        <source>&amp;Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="149"/>
        <source>Patience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="149"/>
        <source>Epochs without a better validation loss before it stops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="151"/>
        <source>Network width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="151"/>
        <source>Size of the vectors; a multiple of the heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="153"/>
        <source>Attention heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="153"/>
        <source>Ways in which past events are compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="155"/>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="155"/>
        <source>More layers see longer patterns and train more slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="157"/>
        <source>Events per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="157"/>
        <source>The most recent events a user is seen by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="159"/>
        <source>Dropout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="159"/>
        <source>Share of the network switched off while training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="161"/>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="161"/>
        <source>Size of a step; smaller is slower and steadier.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="163"/>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="163"/>
        <source>Pull of all weights towards 0 (AdamW).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="165"/>
        <source>Gradient clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="165"/>
        <source>Largest norm of a step&apos;s gradient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="167"/>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="167"/>
        <source>Sequences in a step; halved where memory runs out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="169"/>
        <source>Windows per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="169"/>
        <source>Sequences drawn from each user per epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="171"/>
        <source>Validation users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="171"/>
        <source>At most this many are scored after each epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="173"/>
        <source>Refit epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="174"/>
        <source>Passes over everything up to t₀ once the best epoch is known; 0 = none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="176"/>
        <source>Items at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="176"/>
        <source>Items with a vector of their own, most frequent first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="179"/>
        <source>Horizon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="179"/>
        <source>The window churn and value are learned for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="181"/>
        <source>as the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="182"/>
        <source> days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="183"/>
        <source>Weight: next item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="183"/>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="185"/>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="187"/>
        <source>Of this head in the loss; 0 leaves it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="185"/>
        <source>Weight: churn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="187"/>
        <source>Weight: value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="198"/>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="216"/>
        <source>%1 Range %L2 to %L3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/behavior_config_form.cpp" line="298"/>
        <source>The network width must be a multiple of the attention heads.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::Card</name>
    <message>
        <location filename="../../ui/widgets/card.cpp" line="36"/>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <location filename="../../ui/widgets/card.cpp" line="40"/>
        <location filename="../../ui/widgets/card.cpp" line="64"/>
        <source>Menu of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ChartCard</name>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="30"/>
        <source>Copy image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="32"/>
        <source>Save as PNG…</source>
        <translation>另存为 PNG…</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="33"/>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="34"/>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="35"/>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="37"/>
        <source>Show data table</source>
        <translation>显示数据表</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="38"/>
        <source>Full size</source>
        <translation>全屏显示</translation>
    </message>
    <message>
        <location filename="../../ui/charts/chart_card.cpp" line="74"/>
        <location filename="../../ui/charts/chart_card.cpp" line="83"/>
        <source>Save chart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ChartView</name>
    <message>
        <location filename="../../ui/charts/chart_view.cpp" line="32"/>
        <source>Chart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::CommandPalette</name>
    <message>
        <location filename="../../ui/main_window/command_palette.cpp" line="41"/>
        <location filename="../../ui/main_window/command_palette.cpp" line="53"/>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/command_palette.cpp" line="46"/>
        <source>Type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/command_palette.cpp" line="47"/>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::DataPage</name>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="29"/>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="51"/>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="60"/>
        <source>%1 events of %2 users, %3 to %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="81"/>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="82"/>
        <source>Distinct user keys in all sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="83"/>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="84"/>
        <source>Distinct item keys in all sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="85"/>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="86"/>
        <source>Stored rows of all kinds: views, carts, purchases, refunds, …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="87"/>
        <source>Purchase rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="88"/>
        <source>Order lines bought; an order may have several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="89"/>
        <source>Gross revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="90"/>
        <source>Sum of all purchases, before refunds, margin and discount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="91"/>
        <source>Days covered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="92"/>
        <source>From the first to the last day that has an event (UTC).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="180"/>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="106"/>
        <source>Project settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="108"/>
        <source>Every figure of the program is computed with these. Changing them changes no data; the users must be scored again. Stages from the top down: churned, dormant, loyal, converted, acquired, active, retained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="32"/>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="33"/>
        <source>A project is one file that holds the events, the settings and every result computed from them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="35"/>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="147"/>
        <source>Read events from a CSV file into this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="160"/>
        <source>%1 with a purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="164"/>
        <source>in %1 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="167"/>
        <source>refunds %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="170"/>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="188"/>
        <source>The sources could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="203"/>
        <source>The import of %1 was interrupted after %2 rows. Resume it, or remove what it brought.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="205"/>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="205"/>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="234"/>
        <source>Import %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="253"/>
        <location filename="../../ui/pages/data_page.cpp" line="262"/>
        <source>The import could not be resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="276"/>
        <source>Remove %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="283"/>
        <source>The unfinished import could not be removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/data_page.cpp" line="293"/>
        <source>The rejected rows could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ErrorPanel</name>
    <message>
        <location filename="../../ui/widgets/empty_state.cpp" line="67"/>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>perennial::ExportVerb</name>
    <message>
        <location filename="../../app/verbs/export_verb.cpp" line="29"/>
        <source>Write a table as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/export_verb.cpp" line="69"/>
        <source>%1 rows in %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::FitVerb</name>
    <message>
        <location filename="../../app/verbs/fit_verb.cpp" line="92"/>
        <source>Fit a value model: how often customers buy, or what they spend</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportCheckStep</name>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="30"/>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="32"/>
        <source>Read as set in the step before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="33"/>
        <source>Read with the profile %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/import/check_step.cpp" line="37"/>
        <source>All of the first %n rows would come in</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/import/check_step.cpp" line="39"/>
        <source>%1 of the first %n rows would be rejected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="53"/>
        <source>What will be imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="57"/>
        <source>also if the same content is already in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="58"/>
        <source>drop what an interrupted import of this file left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="66"/>
        <source>Check of the whole file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="67"/>
        <source>Reads every row as the import would and writes nothing: the control totals and the reasons for rejected rows are those of the import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="71"/>
        <source>Check the whole file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="72"/>
        <source>Reasons for rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="73"/>
        <source>Why rows stay out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="75"/>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="99"/>
        <source>Not checked yet. The import itself checks every row as well: nothing is lost silently.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="107"/>
        <source>Reading the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/check_step.cpp" line="116"/>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportDialog</name>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="33"/>
        <source>Import events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="76"/>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="77"/>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="131"/>
        <source>&amp;Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="79"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="107"/>
        <source>1 File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="107"/>
        <source>2 Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="107"/>
        <source>3 Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="107"/>
        <source>4 Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="110"/>
        <source>▸ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="113"/>
        <source>Step %1 of 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="131"/>
        <source>&amp;Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="173"/>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="242"/>
        <source>Check %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/import_dialog.cpp" line="126"/>
        <source>Another import is still running.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportFileStep</name>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="46"/>
        <source>Drop a file of events here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="49"/>
        <source>CSV, or CSV packed with gzip: one row per order line, view, cart, refund, … Nothing leaves this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="59"/>
        <source>File to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="60"/>
        <source>Path of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="61"/>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="64"/>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="72"/>
        <source>What the file is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="96"/>
        <source>Looking at the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="103"/>
        <source>gzip</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../ui/pages/import/file_step.cpp" line="105"/>
        <source>%n columns</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="107"/>
        <source>separated by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="109"/>
        <source>with a header row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="110"/>
        <source>without a header row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="112"/>
        <source>recognised as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="120"/>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="127"/>
        <source>File of events to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/file_step.cpp" line="128"/>
        <source>Event files (*.csv *.csv.gz *.txt *.tsv *.gz);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportMappingStep</name>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="83"/>
        <source>What keeps the file from being imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="90"/>
        <source>&amp;Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="91"/>
        <source>A known layout of files; changing anything makes it your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="92"/>
        <source>&amp;Separator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="96"/>
        <source>&amp;Dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="99"/>
        <source>How dates are written, such as dd/mm/yyyy HH:MM. Times without a zone are taken as UTC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="101"/>
        <source>&amp;Kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="102"/>
        <source>D&amp;ecimal mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="103"/>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="108"/>
        <source>point .</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="104"/>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="107"/>
        <source>comma ,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="105"/>
        <source>&amp;Thousands mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="106"/>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="109"/>
        <source>space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="110"/>
        <source>apostrophe &apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="111"/>
        <source>D&amp;uplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="115"/>
        <source>first row &amp;names the columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="137"/>
        <source>Columns of the file and their meaning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="150"/>
        <source>First rows of the file and what becomes of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="173"/>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="179"/>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="258"/>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="186"/>
        <source>none: as set below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="214"/>
        <source>ISO 8601 or yyyymmdd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="234"/>
        <source>from a column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="237"/>
        <source>every row: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="248"/>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="249"/>
        <source>What becomes of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/mapping_step.cpp" line="257"/>
        <source>✓ comes in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportResultStep</name>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="30"/>
        <source>Progress of the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="33"/>
        <source>Control totals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="34"/>
        <source>Reasons for rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="35"/>
        <source>Why rows stayed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="37"/>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="40"/>
        <source>Cancel the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="41"/>
        <source>Show rejected rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="59"/>
        <source>Importing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="64"/>
        <source> · %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="67"/>
        <source>This window can be closed: the import goes on, see the job panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="81"/>
        <source>The import was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="82"/>
        <source>✕ Nothing was imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="84"/>
        <source>Everything it had brought was taken out again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/result_step.cpp" line="88"/>
        <source>✓ %1 rows were imported</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportVerb</name>
    <message>
        <location filename="../../app/verbs/import_verb.cpp" line="131"/>
        <source>Import events from a CSV or CSV.gz file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::JobLine</name>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="78"/>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="80"/>
        <source>Cancel job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="93"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="93"/>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>perennial::JobPanel</name>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="110"/>
        <location filename="../../ui/main_window/job_panel.cpp" line="114"/>
        <location filename="../../ui/main_window/job_panel.cpp" line="125"/>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="117"/>
        <source>Clear finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="120"/>
        <source>Close job panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="130"/>
        <source>Nothing is running, and nothing has run in this session.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::JobStatus</name>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="170"/>
        <source>Show jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="174"/>
        <source>Progress of the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="176"/>
        <source>Cancel job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="193"/>
        <source>No jobs</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/job_panel.cpp" line="207"/>
        <source>Jobs: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::KpiCard</name>
    <message>
        <location filename="../../ui/widgets/kpi_card.cpp" line="32"/>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
</context>
<context>
    <name>perennial::LeverTable</name>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="35"/>
        <source>Retention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="38"/>
        <source>Order frequency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="41"/>
        <source>Order value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="48"/>
        <source> pts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="54"/>
        <source>Share of the users active at t₀ who are still active at the end of the horizon, in percentage points.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="58"/>
        <source>Orders per unit of time while a user is active, in percent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="61"/>
        <source>Net revenue of an order, in percent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="84"/>
        <source>Lever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="85"/>
        <source>Effect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="86"/>
        <source>± spread (sd)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="87"/>
        <source>On whom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="88"/>
        <source>Cost per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="107"/>
        <source>%1: effect, slider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="111"/>
        <source>%1: effect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="116"/>
        <source>%1: spread of the effect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="117"/>
        <source>Standard deviation of the effect: how unsure of it you are. 0 takes it as certain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="119"/>
        <source>Everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="123"/>
        <source>%1: on whom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="127"/>
        <source>%1: cost per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/lever_table.cpp" line="128"/>
        <source>Paid once, at t₀, for every user it is aimed at.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::LifecycleVerb</name>
    <message>
        <location filename="../../app/verbs/lifecycle_verb.cpp" line="100"/>
        <source>Where every user stands, and how the active users changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::MainWindow</name>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="42"/>
        <location filename="../../ui/main_window/main_window.cpp" line="200"/>
        <source>Perennial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="71"/>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="201"/>
        <source>No project</source>
        <translation>未打开项目</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="202"/>
        <source>%1 (read-only)</source>
        <translation>%1（只读）</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="224"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="229"/>
        <source>Device that models train on; see System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/main_window.cpp" line="247"/>
        <source>Open or make a project first: events are imported into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="41"/>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="43"/>
        <source>&amp;New project…</source>
        <translation>新建项目(&amp;N)…</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="46"/>
        <source>&amp;Open project…</source>
        <translation>打开项目(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="49"/>
        <source>Open &amp;sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="51"/>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="55"/>
        <source>&amp;Import events…</source>
        <translation>导入事件(&amp;I)…</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="57"/>
        <source>S&amp;core users</source>
        <translation>为用户评分(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="60"/>
        <source>&amp;Close project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="62"/>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="67"/>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="68"/>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="70"/>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="75"/>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="91"/>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="95"/>
        <source>Go to %1</source>
        <translation>转到%1</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="99"/>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="101"/>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="104"/>
        <source>Show jobs</source>
        <translation>显示任务</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="108"/>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="112"/>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="113"/>
        <source>Theme of the system</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="114"/>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="115"/>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="128"/>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="130"/>
        <source>Language of the system</source>
        <translation>跟随系统语言</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="137"/>
        <source>The language changes when Perennial is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="147"/>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="149"/>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/window_menus.cpp" line="152"/>
        <source>About Perennial</source>
        <translation>关于 Perennial</translation>
    </message>
</context>
<context>
    <name>perennial::MappingModel</name>
    <message numerus="yes">
        <location filename="../../ui/models/mapping_model.cpp" line="71"/>
        <source>%1 of the first %n rows cannot be read</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="104"/>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="106"/>
        <location filename="../../ui/models/mapping_model.cpp" line="109"/>
        <location filename="../../ui/models/mapping_model.cpp" line="113"/>
        <source>–</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="111"/>
        <source>cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="140"/>
        <source>Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="142"/>
        <source>Meaning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="144"/>
        <source>Example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="146"/>
        <source>Read as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/mapping_model.cpp" line="148"/>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ModelsPage</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>Retrain the champion</source>
        <translation>重新训练冠军模型</translation>
    </message>
    <message>
        <source>this training</source>
        <translation>本次训练</translation>
    </message>
    <message>
        <source>Curves appear with the first epoch of a training.</source>
        <translation>训练的第一轮结束后显示曲线。</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="54"/>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="62"/>
        <source>The behaviour model of run %1 is in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="63"/>
        <source>No behaviour model has been trained yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="70"/>
        <source>Train behaviour model</source>
        <translation>训练行为模型</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="71"/>
        <source>Ctrl+T</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="73"/>
        <source>Make the selected run champion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="105"/>
        <location filename="../../ui/pages/models_training.cpp" line="51"/>
        <source>Train the behaviour model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="107"/>
        <source>A transformer over each user&apos;s last events with three heads: the next item, churn within the horizon and value within the horizon. The newest part of the history is held back to measure it; the weights of the epoch with the lowest loss there are kept.

Kang &amp; McAuley (2018), Self-attentive sequential recommendation; Wang, Liu &amp; Miao (2019), A deep probabilistic model for customer lifetime value prediction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="114"/>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="115"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="124"/>
        <source>Progress of the training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="129"/>
        <source>Score all users with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="147"/>
        <source>Loss by epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="148"/>
        <source>Mean loss of all heads together on training windows and on the held-back window. Training stops when the validation loss no longer falls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="150"/>
        <source>Next item among the first ten (HR@10)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="151"/>
        <source>Share of validation users whose next item is among the ten that the model ranks first. New items: those the user had not met before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="160"/>
        <source>Behaviour model beside simple models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="162"/>
        <source>HR@10 and NDCG@10: next item, higher is better. AUC: who orders again, higher is better, 0.5 is chance. Log loss and MAE: lower is better. Spearman: order of users by value, higher is better. Bias: predicted over actual total, minus 1; nearer 0 is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="168"/>
        <source>Comparison of models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="177"/>
        <location filename="../../ui/pages/models_page.cpp" line="183"/>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="178"/>
        <source>Every fit and training of this project. The champion of a model is the run that all pages use; a new run becomes it, and an older one can be made it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="181"/>
        <source>Make champion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="184"/>
        <source>Every fit and training stands here with its quality; the run in use is marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="196"/>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="196"/>
        <source>Models are trained on a project&apos;s events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="197"/>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="204"/>
        <source>This project has no events yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="205"/>
        <source>The behaviour model learns from what users viewed, clicked and bought.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="206"/>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="252"/>
        <source>Run %1 is no behaviour model; only those are compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="254"/>
        <source>Train the behaviour model to see it beside popularity and BG/NBD on the same split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="258"/>
        <source>run %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="266"/>
        <source>Run %1 has no comparison: it did not finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="317"/>
        <source>The champion could not be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="320"/>
        <source>Run %1 is in use now. Score the users again to see it everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="332"/>
        <source>The project is open for reading only: another window or a read-only folder holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_page.cpp" line="348"/>
        <source>Select a finished run first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="60"/>
        <source>Reading the events…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="77"/>
        <source>The training in %1 is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="78"/>
        <source>The training in %1 did not finish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="83"/>
        <source>Run %1 is done: best epoch %2, %3 on %4. Users still have the scores of before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="91"/>
        <source>Cancelled. The champion is as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="94"/>
        <source>The training did not finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="115"/>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="116"/>
        <source>estimating the time left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/models_training.cpp" line="117"/>
        <source>%1 · %2 · %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cross-validation</source>
        <translation>交叉验证</translation>
    </message>
    <message>
        <source>Cross-validate the settings</source>
        <translation>对这些设置做交叉验证</translation>
    </message>
</context>
<context>
    <name>perennial::NewVerb</name>
    <message>
        <location filename="../../app/verbs/new_verb.cpp" line="27"/>
        <source>Create a project, empty or with a sample shop whose truth is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/new_verb.cpp" line="73"/>
        <source>Created %1, an empty project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/new_verb.cpp" line="100"/>
        <source>Created %1 with a sample shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/new_verb.cpp" line="101"/>
        <source>  %1 users, %2 of them bought; %3 events; %4 items in %5 categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/new_verb.cpp" line="105"/>
        <source>  sold %1, refunded %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/new_verb.cpp" line="108"/>
        <source>  known truth: %1 users still active, net revenue of the next 180 days %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::OverviewPage</name>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="39"/>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="49"/>
        <source>Scoring finds every user&apos;s stage, value and churn risk, which everything on this page is made of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="56"/>
        <location filename="../../ui/pages/overview_page.cpp" line="105"/>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="57"/>
        <source>Users known at the snapshot date: with an event, or signed up, by then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="59"/>
        <source>Active users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="60"/>
        <source>Users who are neither dormant nor churned at the snapshot date. Below: how many were active in the last complete period, against the one before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="63"/>
        <source>Realised value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="64"/>
        <source>Net revenue up to the snapshot date: purchases less refunds, before margin and discount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="66"/>
        <source>Predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="67"/>
        <source>Mean churn risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="68"/>
        <source>Value at risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="74"/>
        <location filename="../../ui/pages/overview_page.cpp" line="170"/>
        <source>Users by activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="76"/>
        <source>Per period: new = first activity ever; current = active in the period before as well; resurrected = active earlier, but not in the period before; dormant (below zero) = active in the period before, not in this one. Active = active before + new + resurrected − dormant, exactly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="80"/>
        <source>Users by stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="86"/>
        <source>Click a bar to see only its users; Esc shows all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="87"/>
        <source>Churn risk, users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="88"/>
        <source>Lifetime value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="106"/>
        <source>One row per user of the segment. Realised value is of the past, predicted value of the horizon; LTV is both together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="200"/>
        <source>Interval of the predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="207"/>
        <source>90 % interval %1 – %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="223"/>
        <source>%1 of %2 users are active; the next %3 days are expected to bring %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="227"/>
        <source>%1 of %2 users are active; nothing can be predicted without orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="240"/>
        <source>on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="243"/>
        <source>net, up to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="245"/>
        <source>Predicted, next %1 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="247"/>
        <source>Expected net revenue of the next %1 days × margin %2, discounted by %3 per year to %4, by the value models (BG/NBD × Gamma-Gamma). The interval is of the models&apos; parameters (90 %): it does not contain the chance in what individuals do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="253"/>
        <source>Mean over users of the probability that they do not order in the next %1 days, by the %2. Not the same as the stage “churned”, which is a silence in the past.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="258"/>
        <source>Predicted value of the users whose churn risk is 50 % or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="262"/>
        <source>%1 users at ≥ 50 % risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="264"/>
        <source>Nobody has ordered on two days yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="269"/>
        <source>source: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="277"/>
        <source>On %1; churned after %2 days of silence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="286"/>
        <source>Churn risk, next %1 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="287"/>
        <source>Users by the probability that they do not order in the next %1 days. Source: %2, at %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="294"/>
        <source>Source: %1. %2 users have no risk: they never ordered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="297"/>
        <source>Source: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="299"/>
        <source>Lifetime value, predicted for the next %1 days, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="302"/>
        <source>Users by predicted value (margin-weighted, discounted) of the %2 days after %1; what they brought before is not in it. Logarithmic classes; who is worth nothing has a bar of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="308"/>
        <source>Predicted per user, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="314"/>
        <source>Users by activity, per %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="318"/>
        <source>All users: flows are not split by stage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="322"/>
        <source>Hatched: the last %1 is complete on %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/overview_page.cpp" line="339"/>
        <source>%1 vs %2 before</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ProjectActions</name>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="51"/>
        <source>Jobs are running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="52"/>
        <source>Jobs are still running on this project. What they have not finished is lost; the project stays as it was before them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="54"/>
        <source>Cancel the jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="64"/>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="64"/>
        <location filename="../../ui/main_window/project_actions.cpp" line="82"/>
        <source>Perennial project (*%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="81"/>
        <location filename="../../ui/main_window/project_actions.cpp" line="139"/>
        <location filename="../../ui/main_window/project_actions.cpp" line="144"/>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="105"/>
        <source>Make the sample shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="115"/>
        <source>Open sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="136"/>
        <source>%1 is open in another window or program%2. It can be opened read-only: all pages work, nothing is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="139"/>
        <source>Open read-only</source>
        <translation>以只读方式打开</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/project_actions.cpp" line="153"/>
        <location filename="../../ui/main_window/project_actions.cpp" line="158"/>
        <location filename="../../ui/main_window/project_actions.cpp" line="166"/>
        <source>Score users</source>
        <translation>为用户评分</translation>
    </message>
</context>
<context>
    <name>perennial::ProjectSession</name>
    <message>
        <location filename="../../ui/models/project_session.cpp" line="72"/>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <location filename="../../ui/models/project_session.cpp" line="187"/>
        <source>Read project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RecommendVerb</name>
    <message>
        <location filename="../../app/verbs/recommend_verb.cpp" line="114"/>
        <source>Recommend items to one user, or to everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/recommend_verb.cpp" line="236"/>
        <source>%1 recommendations for %2 users written to %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RecommendationPanel</name>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="41"/>
        <source>%1 on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="49"/>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="120"/>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="143"/>
        <source>Recommendations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="51"/>
        <source>The items the behaviour model finds most likely to be this user&apos;s next. Score: probability that it is the next item, over all items. Cosine: likeness of the user&apos;s and the item&apos;s vector, −1 to 1. Because: the past events without which the item would have been less likely. Items bought in the last 30 days are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="55"/>
        <source>Popular with everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="57"/>
        <source>The items bought by most users up to the snapshot date, with their share of all buyers of an item: the list to beat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="71"/>
        <source>Recommendations for the selected user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="72"/>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="80"/>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="73"/>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="81"/>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="76"/>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="82"/>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="74"/>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="75"/>
        <source>Cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="77"/>
        <source>Because</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="79"/>
        <source>Items popular with everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="83"/>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="84"/>
        <source>Price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="122"/>
        <source>No user is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="123"/>
        <source>Select one in the table to see what the behaviour model would offer, and which past events spoke for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="162"/>
        <source>No behaviour model has been trained yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="163"/>
        <source>It learns from the order of events which item comes next for whom; without it only the popular items can be offered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="165"/>
        <source>Train a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="184"/>
        <source>Recommendations for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="194"/>
        <source>This user has no events the model could go by: these are the popular items.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="199"/>
        <source>Model run %1, history up to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="204"/>
        <source>%1, because: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="223"/>
        <source>Popular items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/recommendation_panel.cpp" line="236"/>
        <source>No event names an item.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chance to be next</source>
        <translation>成为下一件的概率</translation>
    </message>
    <message>
        <source>Share of buyers</source>
        <translation>购买者占比</translation>
    </message>
    <message>
        <source>%1, made of: %2.</source>
        <translation>%1，构成：%2。</translation>
    </message>
    <message>
        <source>Nothing in this user's past speaks for an item: these are the popular ones.</source>
        <translation>该用户的历史不支持任何商品：以下是热门商品。</translation>
    </message>
</context>
<context>
    <name>perennial::RejectedDialog</name>
    <message>
        <location filename="../../ui/pages/rejected_dialog.cpp" line="21"/>
        <source>Rejected rows of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/rejected_dialog.cpp" line="28"/>
        <source>Rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/rejected_dialog.cpp" line="38"/>
        <source>%1 rows of %2 are not in the project: %3 rejected, %4 excluded by the profile. They are kept here as they stand in the file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RejectedRowsModel</name>
    <message>
        <location filename="../../ui/models/rejected_rows_model.cpp" line="68"/>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/rejected_rows_model.cpp" line="70"/>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../ui/models/rejected_rows_model.cpp" line="72"/>
        <source>Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/rejected_rows_model.cpp" line="74"/>
        <source>The row as it stands in the file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ReportPreview</name>
    <message>
        <location filename="../../ui/pages/report_preview.cpp" line="20"/>
        <source>Preview of the report&apos;s pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ReportsPage</name>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="33"/>
        <source>Users with their scores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="34"/>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="35"/>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="37"/>
        <source>Recommendations, ten per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="38"/>
        <source>Rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="39"/>
        <source>Model runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="40"/>
        <source>Flows per period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="41"/>
        <source>Stages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="42"/>
        <source>Sources and control totals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="43"/>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="67"/>
        <source>Files written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="68"/>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="69"/>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="70"/>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="74"/>
        <source>Files written in this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="75"/>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="76"/>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="77"/>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="78"/>
        <source>Written, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="80"/>
        <source>Reports and tables written in this session stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="105"/>
        <source>Export PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="105"/>
        <source>PDF (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="118"/>
        <location filename="../../ui/pages/reports_output.cpp" line="134"/>
        <location filename="../../ui/pages/reports_output.cpp" line="162"/>
        <source>The report could not be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="123"/>
        <location filename="../../ui/pages/reports_output.cpp" line="166"/>
        <location filename="../../ui/pages/reports_page.cpp" line="119"/>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="157"/>
        <source>Write the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="167"/>
        <location filename="../../ui/pages/reports_output.cpp" line="192"/>
        <source>Written: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="176"/>
        <location filename="../../ui/pages/reports_page.cpp" line="152"/>
        <location filename="../../ui/pages/reports_page.cpp" line="153"/>
        <source>Export table as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="177"/>
        <source>CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="187"/>
        <source>Export: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="191"/>
        <source>%1, %2 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_output.cpp" line="194"/>
        <source>The table could not be exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="38"/>
        <source>Everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="41"/>
        <source>Brief: figures and users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="44"/>
        <source>Model card and data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="88"/>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="96"/>
        <source>Users have not been scored: the report describes the data only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="99"/>
        <source>The scores are older than the data or the settings; the report says so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="101"/>
        <source>%1 pages, data %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="110"/>
        <location filename="../../ui/pages/reports_page.cpp" line="150"/>
        <source>Export PDF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="120"/>
        <source>Every figure comes from the functions the pages use. The report prints its segment, snapshot date, horizon, data hash and model runs, and a date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="127"/>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="128"/>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="130"/>
        <source>A4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="130"/>
        <source>Letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="131"/>
        <source>Page size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="132"/>
        <source>Page &amp;size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="137"/>
        <source>Custom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="138"/>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="139"/>
        <source>Te&amp;mplate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="144"/>
        <source>Section: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="173"/>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="175"/>
        <source>One page wide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="176"/>
        <source>Two pages wide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="177"/>
        <source>Three pages wide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="179"/>
        <source>Pages side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="191"/>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="191"/>
        <source>A report describes a project&apos;s customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="192"/>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="257"/>
        <location filename="../../ui/pages/reports_page.cpp" line="289"/>
        <source>Choose at least one section.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/reports_page.cpp" line="263"/>
        <source>Report preview</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RoleDelegate</name>
    <message>
        <location filename="../../ui/pages/import/role_delegate.cpp" line="17"/>
        <source>Meaning of column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/import/role_delegate.cpp" line="20"/>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RunRows</name>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="23"/>
        <source>%1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="26"/>
        <source>HR@10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="27"/>
        <source>churn AUC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="28"/>
        <source>value Spearman</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="35"/>
        <source>converged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="36"/>
        <source>at a boundary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="37"/>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="38"/>
        <source>log-likelihood %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="58"/>
        <source>● champion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="72"/>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="72"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="73"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="73"/>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="74"/>
        <source>Snapshot t₀</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="74"/>
        <source>Started, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="75"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="75"/>
        <source>Best epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="76"/>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/run_rows.cpp" line="76"/>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>perennial::ScenariosPage</name>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="72"/>
        <source>The change could not be stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="83"/>
        <source>Scenarios</source>
        <translation>情景</translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="92"/>
        <source>Nothing is changed: the scenario is the baseline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="94"/>
        <source>Δ value %1 in the next %2, if the assumed effect holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="107"/>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="108"/>
        <source>Scenarios change the future of a project&apos;s customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="109"/>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="113"/>
        <source>Nobody in this project has bought anything yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="114"/>
        <source>A scenario changes orders to come, and those are predicted from orders made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="116"/>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="154"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="85"/>
        <source>New scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="180"/>
        <source>A lever is pulled twice on the same users, or beyond what is possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="194"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="90"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="151"/>
        <source>Scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="241"/>
        <location filename="../../ui/pages/scenarios_page.cpp" line="252"/>
        <source>90 %: %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="248"/>
        <source>breaks even at %1 per user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="250"/>
        <source>paid at t₀</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="254"/>
        <source>no cost, no return on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="256"/>
        <source>of %1 draws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="257"/>
        <source>needs a cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="260"/>
        <source>Difference, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="264"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="92"/>
        <source>Δ value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="265"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="95"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="133"/>
        <source>Δ revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="266"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="96"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="134"/>
        <source>Δ margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="268"/>
        <source>Next %1, 90 % intervals from %2 draws, seed %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="277"/>
        <source>Predicted value, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="278"/>
        <source>Revenue, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="279"/>
        <source>Margin, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="280"/>
        <source>Orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="283"/>
        <source>Assumption: the effect does not come from an experiment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="286"/>
        <source>The value model sees no dropout here: a retention lever moves nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_page.cpp" line="289"/>
        <source>%1: %2 users, %3 of them customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="53"/>
        <source>data of now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="54"/>
        <source>older data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="78"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="89"/>
        <source>Saved scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="79"/>
        <source>Each with the figures of its last run. “Run all again” values all of them on the data of now, with the same draws.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="81"/>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="82"/>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="83"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="84"/>
        <source>Run all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="91"/>
        <source>Effect from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="93"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="153"/>
        <source>5 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="94"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="154"/>
        <source>95 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="97"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="135"/>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="98"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="136"/>
        <source>ROI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="99"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="138"/>
        <source>P(ROI &gt; 0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="100"/>
        <source>Run on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="101"/>
        <source>Saved, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="104"/>
        <source>Nothing is saved yet. Move a lever and press Save: saved scenarios are compared here, on the same baseline and draws.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="107"/>
        <source>Saved scenarios: difference in predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="141"/>
        <source>Δ value, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="182"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="187"/>
        <source>The scenario could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="189"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="33"/>
        <source>Save scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="190"/>
        <source>Scenario “%1” saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="201"/>
        <source>The scenario could not be loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="215"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="240"/>
        <source>Rename scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="215"/>
        <source>New name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="227"/>
        <source>There is a scenario of this name already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="241"/>
        <source>The scenario could not be renamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="254"/>
        <source>Delete scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="255"/>
        <source>The scenario could not be deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="257"/>
        <source>Scenario “%1” deleted. Undo brings it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="273"/>
        <source>Run all saved scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="278"/>
        <source>The scenarios could not be run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="286"/>
        <source>Run all scenarios again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="288"/>
        <source>The outcomes could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="295"/>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="322"/>
        <source>Import scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="296"/>
        <source>Scenarios (*.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="302"/>
        <source>The file could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="306"/>
        <source>This is no file of scenarios</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="323"/>
        <source>The scenarios could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="332"/>
        <source>Export scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="334"/>
        <source>Scenarios (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="340"/>
        <source>The scenario could not be exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="342"/>
        <source>Written: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="351"/>
        <source>The project is open for reading only: another window or a read-only folder holds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_saved.cpp" line="359"/>
        <source>Give the scenario a name first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="36"/>
        <source>Import scenarios…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="38"/>
        <source>Export scenario…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="40"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="42"/>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="69"/>
        <source>Levers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="71"/>
        <source>What an action would change in the future of the customers it is aimed at. Who is in a stage is frozen at t₀. The effect is drawn from a normal distribution around your number; the same draws value the baseline and the scenario.

Unless the effect comes from an experiment it is an assumption: churn risk is not uplift.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="87"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="89"/>
        <source>Assumption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="90"/>
        <source>Observation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="91"/>
        <source>Experiment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="92"/>
        <source>Effect known from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="98"/>
        <source>Draws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="102"/>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="103"/>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="104"/>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="129"/>
        <source>Δ predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="130"/>
        <source>Scenario minus baseline, margin-weighted and discounted to t₀, before the cost. The interval is the middle 90 % of the draws: parameters and effect, not the chance in single customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="137"/>
        <source>(Δ margin − cost) / cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="139"/>
        <source>Share of the draws in which Δ margin exceeds the cost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="143"/>
        <source>Difference from the baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="146"/>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="148"/>
        <source>Baseline and scenario</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="149"/>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="150"/>
        <source>Baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scenarios_setup.cpp" line="152"/>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ScoreVerb</name>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="84"/>
        <source>Stage, churn risk and predicted value of every user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../app/verbs/score_verb.cpp" line="148"/>
        <source>%1 rows in %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ScoredPage</name>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="41"/>
        <location filename="../../ui/pages/scored_page.cpp" line="79"/>
        <source>Score users</source>
        <translation>为用户评分</translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="62"/>
        <source>Stage, value and churn risk of every user anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="66"/>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="67"/>
        <source>A project holds the events, models and results that this page shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="68"/>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="71"/>
        <source>This project has no events yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="72"/>
        <source>Everything here is computed from what users did: orders, views, refunds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="74"/>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="77"/>
        <source>The users have not been scored yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="89"/>
        <source>Data or settings have changed since the users were scored on %1 (UTC): these figures are of before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="93"/>
        <source>Score again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="109"/>
        <source>The users could not be exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/scored_page.cpp" line="40"/>
        <source>Nothing to show yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SegmentBar</name>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="36"/>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="57"/>
        <location filename="../../ui/main_window/segment_bar.cpp" line="85"/>
        <source>All users</source>
        <translation>全部用户</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="58"/>
        <source>Choose the users shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="65"/>
        <source>Remove the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="108"/>
        <source>stage = %1  ×</source>
        <translation>阶段 = %1  ×</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="109"/>
        <source>Remove the filter on stage %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="118"/>
        <source>%1 users</source>
        <translation>%1 位用户</translation>
    </message>
    <message>
        <location filename="../../ui/main_window/segment_bar.cpp" line="131"/>
        <source>Count users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SettingsForm</name>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="71"/>
        <source>The horizon must be at least one day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="74"/>
        <source>“%1” is not a currency code: three letters such as EUR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="78"/>
        <source>The margin must be above 0 % and at most 100 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="81"/>
        <source>The discount must be at least 0 % and below 100 % per year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="84"/>
        <source>“Churned after” must be more days than “Dormant after”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="93"/>
        <source> days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="125"/>
        <source>What is wrong with the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="144"/>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="145"/>
        <source>ISO 4217 code. Amounts are taken as they stand in the files; nothing is converted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="147"/>
        <source>&amp;Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="152"/>
        <source> % of revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="153"/>
        <source>Margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="154"/>
        <source>Share of net revenue that is profit. Predicted value is multiplied by it; realised value is not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="156"/>
        <source>&amp;Margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="161"/>
        <source> % per year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="162"/>
        <source>Discount rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="163"/>
        <source>Effective annual rate at which future revenue is discounted to the snapshot date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="165"/>
        <source>&amp;Discount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="168"/>
        <source>Horizon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="169"/>
        <source>The window after the snapshot date that is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="170"/>
        <source>&amp;Horizon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="172"/>
        <location filename="../../ui/pages/settings_form.cpp" line="303"/>
        <source>last day with an event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="173"/>
        <source>Snapshot on the last day with an event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="178"/>
        <source>Snapshot date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="179"/>
        <source>Everything up to this day is input, everything after it is what is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="185"/>
        <source>&amp;Snapshot date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="190"/>
        <source>day</source>
        <translation>日</translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="191"/>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="192"/>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="193"/>
        <source>Period of the models and flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="194"/>
        <source>The time unit in which the value models count, and of the lifecycle flows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="196"/>
        <source>&amp;Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="198"/>
        <source>first purchase counts in the spend model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="199"/>
        <source>Off: Gamma-Gamma learns from repeat order days only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="217"/>
        <source>Churned after days without activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="218"/>
        <source>from the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="219"/>
        <source>The shortest silence after which at most 10 % come back within the horizon, by Kaplan–Meier over the gaps between activities; 90 days where the data can&apos;t say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="226"/>
        <source>C&amp;hurned after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="231"/>
        <source>Dormant after days without activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="232"/>
        <source>D&amp;ormant after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="236"/>
        <source> orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="237"/>
        <source>Orders of a loyal user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="238"/>
        <source>&amp;Loyal from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="241"/>
        <source>Days in which the last order of a loyal or converted user lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="243"/>
        <source>Loyal, con&amp;verted: last order within</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="246"/>
        <source>Days a user without an order is called acquired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="247"/>
        <source>Ac&amp;quired for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="250"/>
        <source>Active days needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="252"/>
        <source>Window of the active days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="256"/>
        <source>in the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="258"/>
        <source>&amp;Active from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="271"/>
        <source>Apply settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="273"/>
        <source>Discard changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="274"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="276"/>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="301"/>
        <source>last day with an event (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="395"/>
        <source>change settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/settings_form.cpp" line="429"/>
        <source>Nothing is known on %1: the first event is of %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SimulateVerb</name>
    <message>
        <location filename="../../app/verbs/simulate_verb.cpp" line="74"/>
        <source>What if: the value of scenarios against the baseline, with intervals</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SourcesPanel</name>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="26"/>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="27"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="28"/>
        <source>Rows read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="29"/>
        <source>Stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="30"/>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="31"/>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="32"/>
        <source>Excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="33"/>
        <source>Amount stored, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="34"/>
        <source>Imported (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="44"/>
        <source>✓ complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="45"/>
        <source>! unfinished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="73"/>
        <location filename="../../ui/pages/sources_panel.cpp" line="78"/>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="75"/>
        <source>One row per imported file or generator run. Every row of a file is exactly one of stored, duplicate, rejected and excluded; select a source for its control totals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="80"/>
        <source>No events yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="81"/>
        <source>Orders, views and refunds are what stages, values and recommendations are computed from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="83"/>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="100"/>
        <source>Control totals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="101"/>
        <source>Rows and money that were read add up to what became of them; nothing is dropped silently.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="107"/>
        <source>Show rejected rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="154"/>
        <source>✓ The totals agree: nothing was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="155"/>
        <source>✕ The totals do not agree: verify the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="157"/>
        <source>profile %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="160"/>
        <source>content hash %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/sources_panel.cpp" line="163"/>
        <source>Control totals of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::StartPage</name>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="36"/>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="39"/>
        <source>%1 is open.</source>
        <translation>已打开 %1。</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="40"/>
        <source>Open a project, or make one from a file of events.</source>
        <translation>打开一个项目，或用事件文件新建项目。</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="55"/>
        <source>not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="67"/>
        <location filename="../../ui/pages/start_page.cpp" line="69"/>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="77"/>
        <source>No project has been opened yet. The sample shop shows every page with data whose truth is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="86"/>
        <source>Begin</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="87"/>
        <source>Open sample</source>
        <translation>打开示例</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="88"/>
        <source>A made-up shop of %1 users whose truth is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="90"/>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="90"/>
        <source>A .perennial file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="92"/>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="92"/>
        <source>An empty file to import your events into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="94"/>
        <source>Import events…</source>
        <translation>导入事件…</translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="94"/>
        <source>CSV or CSV.gz into the open project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/start_page.cpp" line="97"/>
        <source>Everything stays on this machine. You can also drop a .perennial or .csv file on the window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SystemPage</name>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="83"/>
        <source>Copy system report</source>
        <translation>复制系统报告</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="91"/>
        <location filename="../../ui/pages/system_page.cpp" line="112"/>
        <location filename="../../ui/pages/system_page.cpp" line="117"/>
        <location filename="../../ui/pages/system_page.cpp" line="228"/>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="133"/>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="145"/>
        <location filename="../../ui/pages/system_page.cpp" line="216"/>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="147"/>
        <source>Training takes the graphics card where the LibTorch in use offers one (CUDA), else the processor. Without OpenBLAS encoders other than attention train at half the speed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="156"/>
        <source>Jobs of this session</source>
        <translation>本次会话的任务</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="157"/>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="157"/>
        <source>Job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="158"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="159"/>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="160"/>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="162"/>
        <source>Imports, trainings and other long work of this session stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="164"/>
        <source>Log of this project</source>
        <translation>项目日志</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="165"/>
        <source>Every change of the project, newest first. Each line holds a hash of itself and the line before, so that a changed or missing line is found by Verify.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="168"/>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="168"/>
        <source>Time (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="169"/>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="170"/>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="171"/>
        <source>Hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="202"/>
        <source>Perennial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="203"/>
        <source>Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="204"/>
        <source>LibTorch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="205"/>
        <source>SQLite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="208"/>
        <source>BLAS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="208"/>
        <source>none found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="211"/>
        <source>⚠ This is not OpenBLAS: encoders other than attention train at half the speed. Install libopenblas0-pthread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="217"/>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="218"/>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="219"/>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="220"/>
        <source>%1 of the machine, %2 for training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="225"/>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="226"/>
        <source>%1, %2 free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="229"/>
        <source>Training runs on %1, with OpenBLAS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="230"/>
        <source>Training runs on %1, without OpenBLAS: slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="238"/>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="249"/>
        <source>CUDA found: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="251"/>
        <source>this LibTorch was built without CUDA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="253"/>
        <source>LibTorch found no CUDA device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="255"/>
        <source>as asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="279"/>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="281"/>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="283"/>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="285"/>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../ui/pages/system_page.cpp" line="287"/>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>perennial::TableView</name>
    <message>
        <location filename="../../ui/models/table_view.cpp" line="72"/>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>perennial::TrainVerb</name>
    <message>
        <location filename="../../app/verbs/train_verb.cpp" line="112"/>
        <source>Train the behaviour model and compare it with its baselines</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::TruthCard</name>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="11"/>
        <source>Against the known truth of this sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="13"/>
        <source>This project was generated: each user&apos;s real expected future value is known and was told to no model. Compared are all users; who never ordered is predicted 0. The truth has the same margin and discount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="17"/>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="18"/>
        <source>True expected value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="19"/>
        <source>Bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="20"/>
        <source>Predicted over true total, less 1; 0 % is best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="21"/>
        <source>Mean absolute error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="22"/>
        <source>Mean over users of |predicted − true|.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="23"/>
        <source>Rank correlation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="24"/>
        <source>Spearman&apos;s, of predicted and true value over users: 1 = the same order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="26"/>
        <source>AUC of P(alive)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="27"/>
        <source>Probability that a user who is still active gets a higher P(alive) than one who has left; 0.5 is chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/truth_card.cpp" line="53"/>
        <source>per user, %1 users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::UserTableModel</name>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="100"/>
        <source>Sort users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="196"/>
        <source>Read users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="268"/>
        <source>Not known for this user: no order yet, or no model has been run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="296"/>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="298"/>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="300"/>
        <source>Orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="302"/>
        <source>Last order</source>
        <translation>最近订单</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="306"/>
        <source>P(alive)</source>
        <translation>存活概率</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="308"/>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="310"/>
        <source>Expected orders</source>
        <translation>预期订单数</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="312"/>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="316"/>
        <source>Behaviour model&apos;s value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="304"/>
        <source>Realised revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_model.cpp" line="314"/>
        <source>LTV at margin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::UserTableView</name>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="64"/>
        <location filename="../../ui/models/user_table_view.cpp" line="65"/>
        <source>Search user</source>
        <translation>搜索用户</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="75"/>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="78"/>
        <location filename="../../ui/models/user_table_view.cpp" line="256"/>
        <source>Export users as CSV</source>
        <translation>导出用户为 CSV</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="86"/>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="113"/>
        <source>Users, first column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="192"/>
        <source>%1 users · %2 orders · realised %3 · predicted %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="222"/>
        <source>%1 users selected · realised %2 · predicted %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="225"/>
        <source>%1 users selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="258"/>
        <source>CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/models/user_table_view.cpp" line="270"/>
        <source>Export users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ValuePage</name>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="48"/>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="58"/>
        <source>Scoring fits the value models and predicts what each user will bring; this page shows the result and how far it can be trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="66"/>
        <source>Settings these figures were computed with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="68"/>
        <source>Change settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="78"/>
        <location filename="../../ui/pages/value_page.cpp" line="94"/>
        <source>Realised value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="79"/>
        <source>Net revenue up to the snapshot date: purchases less refunds, before margin and discount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="81"/>
        <location filename="../../ui/pages/value_page.cpp" line="93"/>
        <source>Predicted value</source>
        <translation>预测价值</translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="82"/>
        <source>Customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="83"/>
        <source>Users with at least one order up to the snapshot date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="84"/>
        <source>Expected orders</source>
        <translation>预期订单数</translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="85"/>
        <source>Top 10 % of users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="86"/>
        <source>Share of the predicted value that the most valuable tenth of the users with a prediction holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="95"/>
        <source>Users by net revenue up to the snapshot date, before margin. Logarithmic classes; who has brought nothing has a bar of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="106"/>
        <source>Concentration of value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="108"/>
        <source>Which share of all value the most valuable users hold. On the diagonal everybody is worth the same. Gini: 0 = all the same, towards 1 = one user holds all. Negative values count as 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="112"/>
        <location filename="../../ui/pages/value_page.cpp" line="117"/>
        <source>Tenths of users by value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="113"/>
        <source>Users sorted by value, the best first, in ten equal groups; realised and predicted are sorted each by itself, so the users of a row need not be the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="118"/>
        <source>Best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="119"/>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="120"/>
        <source>Realised, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="121"/>
        <location filename="../../ui/pages/value_page.cpp" line="123"/>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="122"/>
        <source>Predicted, mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="131"/>
        <location filename="../../ui/pages/value_page.cpp" line="218"/>
        <source>Value models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="133"/>
        <source>BG/NBD (Fader, Hardie &amp; Lee 2005) says how often customers order and whether they still do; Gamma-Gamma (Fader &amp; Hardie 2013) what they spend an order day. Fitted by maximum likelihood on the orders up to the snapshot date; SE = standard error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="140"/>
        <source>Parameters of the value models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="141"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="142"/>
        <source>Parameter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="143"/>
        <source>Estimate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="144"/>
        <source>SE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="146"/>
        <source>Fit and score again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="151"/>
        <source>Repeat orders, model against observed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="152"/>
        <source>Customers by the number of order days after the first, up to the snapshot date: observed, and as many as the fitted model expects. Where they part, the model&apos;s predictions should not be trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="161"/>
        <source>Users by value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="162"/>
        <source>Realised value: net revenue up to the snapshot date. Predicted value: of the horizon, with margin and discount. LTV: both together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="234"/>
        <source>Snapshot %1 · horizon %2 · margin %3 of net revenue · discount %4 per year · %5 · data %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="249"/>
        <source>Realised value to date, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="250"/>
        <source>Realised per user, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="252"/>
        <source>Predicted value, next %1 days, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="254"/>
        <source>Users by expected net revenue of the next %1 days × margin, discounted to the snapshot date. Logarithmic classes; who is expected to bring nothing has a bar of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="259"/>
        <source>Predicted per user, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="264"/>
        <source>Gini: realised %1, predicted %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="268"/>
        <source>Tenths of users by value, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="272"/>
        <source>Predicted: of the %1 users with a prediction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="285"/>
        <source>net, up to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="288"/>
        <source>of %1 users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="289"/>
        <source>Predicted value, next %1 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="291"/>
        <source>Sum over users of margin × net share × mean order value × discounted expected orders of the next %1 days. Realised value is not in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="294"/>
        <source>Expected orders, next %1 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="295"/>
        <source>Order days expected of all users in the next %1 days; several orders of one day count once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="301"/>
        <source>with margin and discount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="304"/>
        <location filename="../../ui/pages/value_page.cpp" line="306"/>
        <source>No value model could be fitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="310"/>
        <source>of the predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="311"/>
        <source>The next %1 days are expected to bring %2; the top tenth of users holds %3 of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="316"/>
        <source>%1 users have brought %2 so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="326"/>
        <source>%1: %2. Log-likelihood %3, %4 customers, period: %5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="331"/>
        <source>%1: %2. Log-likelihood %3, %4 customers with repeat orders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="335"/>
        <source>Everybody is given the observed mean spend of an order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="339"/>
        <source>Run %1, fitted %2 (UTC), data %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="344"/>
        <source>All customers up to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ui/pages/value_page.cpp" line="351"/>
        <source>No value model could be fitted: it takes customers who have ordered on two different days or more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::TrainingPanel</name>
    <message>
        <source>Train the behaviour model</source>
        <translation>训练行为模型</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause now</source>
        <translation>立即暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Resume run %1</source>
        <translation>继续运行 %1</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>State of the training</source>
        <translation>训练状态</translation>
    </message>
    <message>
        <source>Score all users with it</source>
        <translation>用它为所有用户评分</translation>
    </message>
    <message>
        <source>Stops after this epoch; nothing is lost.</source>
        <translation>本轮结束后停止；不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Pauses after this epoch. %1</source>
        <translation>本轮结束后暂停。%1</translation>
    </message>
    <message>
        <source>Cancelled. The champion is as it was.</source>
        <translation>已取消。冠军模型保持不变。</translation>
    </message>
    <message>
        <source>The training did not finish</source>
        <translation>训练未完成</translation>
    </message>
    <message>
        <source>A project to start from</source>
        <translation>作为起点的项目</translation>
    </message>
    <message>
        <source>Perennial projects (*.perennial)</source>
        <translation>Perennial 项目 (*.perennial)</translation>
    </message>
    <message>
        <source>Runs of another project</source>
        <translation>另一个项目的运行</translation>
    </message>
    <message>
        <source>No run of that project can be started from</source>
        <translation>该项目中没有可作为起点的运行</translation>
    </message>
</context>
<context>
    <name>perennial::TrainingJob</name>
    <message>
        <source>Train the behaviour model</source>
        <translation>训练行为模型</translation>
    </message>
    <message>
        <source>Go on with run %1</source>
        <translation>继续运行 %1</translation>
    </message>
    <message>
        <source>Epoch %1 of at most %2</source>
        <translation>第 %1 轮，最多 %2 轮</translation>
    </message>
    <message>
        <source>validating</source>
        <translation>验证中</translation>
    </message>
    <message>
        <source>%1 of its batches</source>
        <translation>本轮批次的 %1</translation>
    </message>
    <message>
        <source>Reading the events</source>
        <translation>正在读取事件</translation>
    </message>
    <message>
        <source>%1 sequences/s</source>
        <translation>每秒 %1 个序列</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>estimating the time left</source>
        <translation>正在估计剩余时间</translation>
    </message>
</context>
<context>
    <name>perennial::Presets</name>
    <message>
        <source>Quick look</source>
        <translation>快速浏览</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>深入</translation>
    </message>
    <message>
        <source>Small data</source>
        <translation>小数据</translation>
    </message>
    <message>
        <source>GRU</source>
        <translation>GRU</translation>
    </message>
    <message>
        <source>Large catalogue</source>
        <translation>大商品目录</translation>
    </message>
</context>
<context>
    <name>perennial::ConfigFields</name>
    <message>
        <source>What is learned</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>增强</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Snapshot t₀</source>
        <translation>快照 t₀</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>预测期</translation>
    </message>
    <message>
        <source>as the project</source>
        <translation>与项目相同</translation>
    </message>
    <message>
        <source>Weight: next item</source>
        <translation>权重：下一件商品</translation>
    </message>
    <message>
        <source>Weight: churn</source>
        <translation>权重：流失</translation>
    </message>
    <message>
        <source>Weight: value</source>
        <translation>权重：价值</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不学习</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Pooled</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>Network width</source>
        <translation>网络宽度</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Events per user</source>
        <translation>每位用户的事件数</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>User and item compared by</source>
        <translation>用户与商品的比较方式</translation>
    </message>
    <message>
        <source>Dot product</source>
        <translation>点积</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Items at most</source>
        <translation>商品数上限</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起始权重</translation>
    </message>
    <message>
        <source>Epochs at most</source>
        <translation>最多轮数</translation>
    </message>
    <message>
        <source>Refit epochs</source>
        <translation>重新拟合轮数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Windows per user</source>
        <translation>每位用户的窗口数</translation>
    </message>
    <message>
        <source>Loss of the next item</source>
        <translation>下一件商品的损失</translation>
    </message>
    <message>
        <source>Items drawn</source>
        <translation>抽取的商品数</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Schedule of the rate</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 惩罚</translation>
    </message>
    <message>
        <source>L2 penalty</source>
        <translation>L2 惩罚</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>遮蔽</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>重排</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Validation users</source>
        <translation>验证用户数</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心轮数</translation>
    </message>
</context>
<context>
    <name>perennial::RunTable</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Behaviour model</source>
        <translation>行为模型</translation>
    </message>
    <message>
        <source>Value models</source>
        <translation>价值模型</translation>
    </message>
    <message>
        <source>Runs of</source>
        <translation>运行类别</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>运行筛选</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Make champion</source>
        <translation>设为冠军</translation>
    </message>
    <message>
        <source>Roll back</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Roll back to run %1</source>
        <translation>回退到运行 %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用其设置</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 次运行</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 / %2 次运行</translation>
    </message>
    <message>
        <source>Delete the champion</source>
        <translation>删除冠军模型</translation>
    </message>
    <message>
        <source>Run %1 is the one that all pages use. Delete it?</source>
        <translation>所有页面都使用运行 %1。要删除它吗？</translation>
    </message>
</context>
<context>
    <name>perennial::RetrainSection</name>
    <message>
        <source>Train the champion again</source>
        <translation>重新训练冠军模型</translation>
    </message>
    <message>
        <source>From its weights</source>
        <translation>从其权重开始</translation>
    </message>
    <message>
        <source>From random weights</source>
        <translation>从随机权重开始</translation>
    </message>
    <message>
        <source>Retrain now</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>What has changed</source>
        <translation>发生了什么变化</translation>
    </message>
    <message>
        <source>Accept run %1</source>
        <translation>接受运行 %1</translation>
    </message>
    <message>
        <source>Keep run %1</source>
        <translation>保留运行 %1</translation>
    </message>
    <message>
        <source>Show what has changed</source>
        <translation>显示变化</translation>
    </message>
</context>
<context>
    <name>perennial::Measures</name>
    <message>
        <source>Churn AUC</source>
        <translation>流失 AUC</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>所有输出头</translation>
    </message>
    <message>
        <source>Next item</source>
        <translation>下一件商品</translation>
    </message>
    <message>
        <source>Churn</source>
        <translation>流失</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>价值</translation>
    </message>
</context>
<context>
    <name>perennial::PageSections</name>
    <message>
        <source>Part of the page</source>
        <translation>页面部分</translation>
    </message>
</context>
<context>
    <name>perennial::GroupCard</name>
    <message>
        <source>Quality by groups of users</source>
        <translation>按用户分组的质量</translation>
    </message>
    <message>
        <source>Quality by groups</source>
        <translation>分组质量</translation>
    </message>
    <message>
        <source>Groups by</source>
        <translation>分组方式</translation>
    </message>
    <message>
        <source>Figure of the groups</source>
        <translation>分组指标</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户数</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>Too few users to say anything reliable.</source>
        <translation>用户太少，结论不可靠。</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>Run %1 kept no answers of single users (an older version, or it did not finish).</source>
        <translation>运行 %1 没有保存单个用户的结果（旧版本，或未完成）。</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>运行 %1：%2</translation>
    </message>
</context>
<context>
    <name>perennial::FoldsSection</name>
    <message>
        <source>Train and judge fold by fold</source>
        <translation>逐折训练与评估</translation>
    </message>
    <message>
        <source>Over users</source>
        <translation>按用户</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>What the folds part</source>
        <translation>分折方式</translation>
    </message>
    <message>
        <source>Number of folds</source>
        <translation>折数</translation>
    </message>
    <message>
        <source> folds</source>
        <translation> 折</translation>
    </message>
    <message>
        <source>Cross-validate</source>
        <translation>交叉验证</translation>
    </message>
    <message>
        <source>Cancel the folds</source>
        <translation>取消交叉验证</translation>
    </message>
    <message>
        <source>State of the folds</source>
        <translation>交叉验证状态</translation>
    </message>
    <message>
        <source>Mean over folds</source>
        <translation>各折平均</translation>
    </message>
    <message>
        <source>Figures over folds</source>
        <translation>各折指标</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>折</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折</translation>
    </message>
    <message>
        <source>Fold by fold</source>
        <translation>逐折结果</translation>
    </message>
    <message>
        <source>Judged after</source>
        <translation>评估起点</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户数</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Training fold %1 of %2…</source>
        <translation>正在训练第 %1 折，共 %2 折…</translation>
    </message>
    <message>
        <source>Train and judge %1 folds</source>
        <translation>训练并评估 %1 折</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>A training runs.</source>
        <translation>正在训练。</translation>
    </message>
    <message>
        <source>%1 folds over users, each judged by a training without any of its events; horizon %2. Nothing is stored.</source>
        <translation>按用户分 %1 折，每折由未使用其任何事件的训练来评估；预测期 %2。不保存任何内容。</translation>
    </message>
    <message>
        <source>%1 folds over time, each window judged by a training to the day before it; horizon %2. Nothing is stored.</source>
        <translation>按时间分 %1 折，每个窗口由截至其前一天的训练来评估；预测期 %2。不保存任何内容。</translation>
    </message>
    <message>
        <source>Trains the settings of the form under Train once for each fold, from random weights, and stores nothing.</source>
        <translation>用“训练”表单中的设置为每一折从随机权重训练一次，不保存任何内容。</translation>
    </message>
</context>
<context>
    <name>perennial::ConfigEditors</name>
    <message>
        <source>A run of another project…</source>
        <translation>另一个项目的运行…</translation>
    </message>
    <message>
        <source>Weights of run %1</source>
        <translation>运行 %1 的权重</translation>
    </message>
    <message>
        <source>Weights of run %1 of %2</source>
        <translation>%2 中运行 %1 的权重</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>随机权重</translation>
    </message>
    <message>
        <source>%1 · champion</source>
        <translation>%1 · 冠军</translation>
    </message>
    <message>
        <source>Run %1, not there</source>
        <translation>运行 %1（不存在）</translation>
    </message>
</context>
<context>
    <name>RunQuality</name>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>New or returning</source>
        <translation>新用户或回访用户</translation>
    </message>
    <message>
        <source>Events so far</source>
        <translation>迄今事件数</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>new, less than 30 days</source>
        <translation>新用户，不足 30 天</translation>
    </message>
    <message>
        <source>returning</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 个事件</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 个事件</translation>
    </message>
</context>
</TS>
