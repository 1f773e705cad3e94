<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CommandLine</name>
    <message>
        <source>Render every page to PNG, in light and dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportTexts</name>
    <message>
        <source>%1: column “%2”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: “%2” for every row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users, %2 items, %3 purchase rows in %4 orders, %5 refunds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 amounts had more than 4 decimals and were rounded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Went on where an interrupted import of this file had stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 rows a second</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>another number of columns than the rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text that is not UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a zero byte in the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a quotation mark in the wrong place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a quotation mark that is never closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the row is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a date that cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an unknown kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a quantity that is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a price that is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an amount that is no number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a purchase without an amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name or number that is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a line that is no article (excluded by the profile)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who did it. Needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it happened; times without a zone are UTC. Needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View, cart, purchase, refund, … A column, or one kind for every row. Needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The article&apos;s number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Item name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The article&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The article&apos;s category.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units, or a rating&apos;s stars; 1 where there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price of one unit: amount = price × quantity.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Money of the whole row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invoice or basket number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone, desktop, …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Country, town or shop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the visit came from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names an event once and for all: rows with the same one are duplicates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comma ,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>semicolon ;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bar |</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blanks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep every row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drop equal rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drop repeated event ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows read = %2 stored + %3 duplicate + %4 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> + %1 excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 read = %3 stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 excluded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Verify</name>
    <message>
        <source>ok</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DAMAGE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check a project file for damage</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial</name>
    <message>
        <source>not complete yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and %1 more rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Perennial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workbench for customer lifetime value. Everything stays on this machine.

Built on Qt %1, Qt Charts, LibTorch, SQLite %2 and Eigen.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%n day(s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acquired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Converted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loyal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dormant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Churned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known for only a few days, no order yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active on several days lately, without a recent order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still around, but none of the other stages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exactly one order, and a recent one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least two orders, the last one recent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silent for weeks, but not long enough to count as churned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silent for so long that a return is unlikely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refund</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perennial: the BLAS in use is not OpenBLAS, training and scoring are many times slower; install libopenblas0-pthread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer lifetime value on your own machine. Without a verb: opens the window on FILE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print what this program runs on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print the result as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>converged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed: no maximum found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>boundary: the data show no churn; the NBD is reported in its place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>boundary: the tail of spend has no finite mean; predictions use the observed one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>boundary: all customers look alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>boundary: a parameter runs to its limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log-likelihood %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 customers up to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 customers left out: nothing spent on the days that count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved as run %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved: the project is open for reading only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users, %2 items, %3 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 amounts had more than four decimals and were rounded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Went on where an interrupted import had stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dry run: nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as set in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the gaps in the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the default: the data can&apos;t say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users known on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>churned after %1 without any activity (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resurrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dormant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(not over yet)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::Banner</name>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open read-only: another window or program is writing to it, or the file cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::Card</name>
    <message>
        <source>What is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ChartCard</name>
    <message>
        <source>Copy image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show data table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ChartView</name>
    <message>
        <source>Chart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::Charts</name>
    <message>
        <source>No data to show.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::DataPage</name>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount stored, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>! unfinished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import events…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 events of %2 users, %3 to %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distinct user keys in all sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distinct item keys in all sources.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored rows of all kinds: views, carts, purchases, refunds, …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Purchase rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order lines bought; an order may have several.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gross revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sum of all purchases, before refunds, margin and discount.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days covered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the first to the last day that has an event (UTC).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row per imported file or generator run. Every row of a file is exactly one of stored, duplicate, rejected and excluded; select a source for its control totals.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No events yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders, views and refunds are what stages, values and recommendations are computed from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control totals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows and money that were read add up to what became of them; nothing is dropped silently.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show rejected rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every figure of the program is computed with these. Changing them changes no data; the users must be scored again. Stages from the top down: churned, dormant, loyal, converted, acquired, active, retained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A project is one file that holds the events, the settings and every result computed from them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read events from a CSV file into this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 with a purchase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in %1 orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refunds %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sources could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ The totals agree: nothing was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ The totals do not agree: verify the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>profile %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>content hash %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control totals of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import of %1 was interrupted after %2 rows. Resume it, or remove what it brought.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import could not be resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unfinished import could not be removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejected rows could not be read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ErrorPanel</name>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::FitVerb</name>
    <message>
        <source>Fit a value model: how often customers buy, or what they spend</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportCheckStep</name>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read as set in the step before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read with the profile %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All of the first %n rows would come in</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the first %n rows would be rejected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What will be imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>also if the same content is already in the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drop what an interrupted import of this file left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check of the whole file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads every row as the import would and writes nothing: the control totals and the reasons for rejected rows are those of the import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the whole file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons for rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why rows stay out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not checked yet. The import itself checks every row as well: nothing is lost silently.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportDialog</name>
    <message>
        <source>Import events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▸ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportFileStep</name>
    <message>
        <source>Drop a file of events here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV, or CSV packed with gzip: one row per order line, view, cart, refund, … Nothing leaves this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the file is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gzip</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>separated by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with a header row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without a header row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recognised as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File of events to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event files (*.csv *.csv.gz *.txt *.tsv *.gz);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportMappingStep</name>
    <message>
        <source>What keeps the file from being imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A known layout of files; changing anything makes it your own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Separator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How dates are written, such as dd/mm/yyyy HH:MM. Times without a zone are taken as UTC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kind of event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;ecimal mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>point .</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comma ,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Thousands mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>apostrophe &apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;uplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first row &amp;names the columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of the file and their meaning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First rows of the file and what becomes of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: as set below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ISO 8601 or yyyymmdd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from a column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every row: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ comes in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportResultStep</name>
    <message>
        <source>Progress of the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Control totals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reasons for rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why rows stayed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show rejected rows…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window can be closed: the import goes on, see the job panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ Nothing was imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything it had brought was taken out again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ %1 rows were imported</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ImportVerb</name>
    <message>
        <source>Import events from a CSV or CSV.gz file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::JobLine</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::JobPanel</name>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close job panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running, and nothing has run in this session.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::JobStatus</name>
    <message>
        <source>Show jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::KpiCard</name>
    <message>
        <source>What is this?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::LifecycleVerb</name>
    <message>
        <source>Where every user stands, and how the active users changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::MainWindow</name>
    <message>
        <source>Perennial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (read-only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device that models train on; see System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open or make a project first: events are imported into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import events…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;core users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when Perennial is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Perennial</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::MappingModel</name>
    <message numerus="yes">
        <source>%1 of the first %n rows cannot be read</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>–</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ProjectActions</name>
    <message>
        <source>Jobs are running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs are still running on this project. What they have not finished is lost; the project stays as it was before them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perennial project (*%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the sample shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is open in another window or program%2. It can be opened read-only: all pages work, nothing is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ProjectSession</name>
    <message>
        <source>Open project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RejectedDialog</name>
    <message>
        <source>Rejected rows of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows of %2 are not in the project: %3 rejected, %4 excluded by the profile. They are kept here as they stand in the file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RejectedRowsModel</name>
    <message>
        <source>Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row as it stands in the file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::RoleDelegate</name>
    <message>
        <source>Meaning of column %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::ScoredPage</name>
    <message>
        <source>Score users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage, value and churn risk of every user anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A project holds the events, models and results that this page shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project has no events yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything here is computed from what users did: orders, views, refunds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import events…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The users have not been scored yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data or settings have changed since the users were scored on %1 (UTC): these figures are of before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SegmentBar</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the users shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stage = %1  ×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the filter on stage %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SettingsForm</name>
    <message>
        <source>The horizon must be at least one day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a currency code: three letters such as EUR.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The margin must be above 0 % and at most 100 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The discount must be at least 0 % and below 100 % per year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Churned after” must be more days than “Dormant after”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ISO 4217 code. Amounts are taken as they stand in the files; nothing is converted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> % of revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of net revenue that is profit. Predicted value is multiplied by it; realised value is not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> % per year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discount rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Effective annual rate at which future revenue is discounted to the snapshot date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Discount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window after the snapshot date that is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Horizon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last day with an event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot on the last day with an event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snapshot date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything up to this day is input, everything after it is what is predicted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Snapshot date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period of the models and flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time unit in which the value models count, and of the lifecycle flows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first purchase counts in the spend model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off: Gamma-Gamma learns from repeat order days only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Churned after days without activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shortest silence after which at most 10 % come back within the horizon, by Kaplan–Meier over the gaps between activities; 90 days where the data can&apos;t say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;hurned after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dormant after days without activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;ormant after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders of a loyal user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Loyal from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days in which the last order of a loyal or converted user lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loyal, con&amp;verted: last order within</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Days a user without an order is called acquired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ac&amp;quired for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active days needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window of the active days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Active from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last day with an event (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is known on %1: the first event is of %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::StartPage</name>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project, or make one from a file of events.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project has been opened yet. The sample shop shows every page with data whose truth is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A made-up shop of 20 000 users whose truth is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A .perennial file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An empty file to import your events into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import events…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV or CSV.gz into the open project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stays on this machine. You can also drop a .perennial or .csv file on the window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::SystemPage</name>
    <message>
        <source>Copy system report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training takes the graphics card where the LibTorch in use offers one (CUDA), else the processor. A step of training is about 6 times slower without OpenBLAS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs of this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of this project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every change of the project, newest first. Each line holds a hash of itself and the line before, so that a changed or missing line is found by Verify.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perennial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibTorch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SQLite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BLAS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚠ This is not OpenBLAS: training is about 6 times slower than it could be. Install libopenblas0-pthread.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the machine, %2 for training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training runs on %1, with OpenBLAS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training runs on %1, without OpenBLAS: slowly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CUDA found: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this LibTorch was built without CUDA</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibTorch found no CUDA device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::TableView</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::UserTableModel</name>
    <message>
        <source>Sort users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known for this user: no order yet, or no model has been run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Realised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P(alive)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Churn risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expected orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Predicted value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LTV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behaviour model&apos;s value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>perennial::UserTableView</name>
    <message>
        <source>Search user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export users as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users, first column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users · %2 orders · realised %3 · predicted %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users selected · realised %2 · predicted %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 users selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export users</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
