// Writes the inputs that fuzzing begins with: FOLDER/TARGET/NUMBER. All of them are made here.

#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/tiny_project.h"

#include <fstream>
#include <iostream>
#include <map>
#include <vector>

using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

using Seeds = std::vector<std::string>;

const Seeds kTexts{
    "user,at,kind,item,quantity,amount\nu1,2023-01-01,purchase,i1,1,2.50\n"
    "u2,2023-01-02,view,i2,,\n"s,
    "Customer ID;Date;Total\r\n1;31/12/2020;1.234,50\r\n2;01/02/2021;-3,5\r\n"s,
    "1,\"a \"\"b\"\"\r\nc\",x\r\n\r\n2,\"bad\"x,y\r\n3,\"\",\"\"\r\n5,\"open,e\r\n6,f,g"s,
    " 00001 19970101  1   11.77\n 00001 19970112  5   12.00\n 00002 19970112  2   14.96\n"s,
    "\xEF\xBB\xBFuser|at|amount\nu1|1277899509|(5.00)\nu2|1277899509|5-\n"s,
    "Report of sales\nmade today\n\nid,day,money\na,2020-01-01,1\nb,2020-01-02,2\n"s,
    "'a','b','c'\n'it\\'s','2','3'\n'x\\\ny','5','6'\n"s,
    "a, \"b, c\", d\n1, \"2, 3\", 4\n"s,
    "user,at,amount\rq,2023-03-26 02:30:00,1\rq,2023-10-29 02:30:00,1\r"s,
    "M\xFCller,Stra\xDF"
    "e,5\nB\xE4r,Weg,6\n"s,
    "\xFF\xFEu\0s\0e\0r\0,\0a\0t\0\n\0x\0,\0002\0000\0002\0000\0\n\0"s,
    "\xD3\xC3\xBB\xA7,\xCA\xB1\xBC\xE4\n\xD5\xC5,2020-01-01\n"s,
    "\x1F\x8B\x08\0\0\0\0\0\0\x03\x4B\xD4\x49\xD2\x49\xE6\x02\0\x8A\xDE\xB0\x47\x06\0\0\0"s,
    "a\",\"b\na\",\"b\na\",\"b\n"s,
    "a\\\nb\\\nc\\\n"s,
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
    "C489434,85048,LIGHTS,-12,2009-12-01 07:45:00,6.95,13085,United Kingdom\n"
    "489434,POST,POSTAGE,1,2009-12-01 07:45:00,18,13085,United Kingdom\n"s,
};

/// What is not events, behind the bytes that choose it.
const Seeds kTables{
    "\0\x03u.csv\nuser,signup,region,age,plan\nann,2020-01-05,north,34,gold\nbob,,,x,basic\n"
    "ann,2020-01-05,north,34,gold\nann,,,1,\n,,,,\n"s,
    "\0\x07i.csv\nsku;name;price;category;brand\nx1;Lamp;12,50;Home;Acme\nx2;Cup;3;;\n"s,
    "\0\x0B"
    "c.csv\ncampaign,campaign_type,start,end\n7,Type A,2020-01-01,2020-02-01\n8,,,\n"s,
    "\0\x0F"
    "e.csv\ncampaign,user,at\n7,ann,2020-01-01\n7,bob,\n8,ann,never\n"s,
    "\0\x13k.csv\ncoupon,campaign,item\nc1,7,x\nc1,7,y\nc2,8,\n"s};

Seeds joined(Seeds a, const Seeds &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Seeds withPrefixes(const Seeds &texts, const Seeds &prefixes)
{
    Seeds out;
    for (const std::string &prefix : prefixes) {
        for (const std::string &text : texts) {
            out.push_back(prefix + text);
        }
    }
    return out;
}

Seeds dates()
{
    const std::string number = "\x40\x01\x02\x03\x04\x05\x06\x07";
    Seeds out;
    for (const char *pattern :
         {"", "iso", "unix", "unix_ms", "dd/mm/yyyy", "mm/dd/yyyy HH:MM a", "yyyy-mm-dd HH:MM:SS",
          "dd-mmm-yyyy", "yyyymmddHHMMSS", "yyyy-mm-ddTHH:MM:SS.fz"}) {
        out.push_back(number + pattern +
                      "\nEurope/Berlin\n2010-06-30T12:05:00.25+02:00\n20100630\n03/04/2010\n"
                      "12/1/2010 12:26 AM\n7-June-2011\n1277899509\n1277899509999\n");
    }
    return out;
}

const Seeds kNumbers{"\0\0"s + "1\n-12.50\n.5\n1e3\n(5)\n5-\n1.234\n1,234\n\u22127.5\n"s,
                     "\1\2"s + "1.234,56\n1.234.567\n0,435\n999999999999999999\n1e-30\n"s,
                     "\0\1"s + "1,234.50\n12,345,678\n"s,
                     "\1\3"s + "1 234,5\n1\u00A0234,5\n1\u202F234\n"s,
                     "\0\4"s + "1'234.5\n1\u2019234.5\n"s};

const Seeds kRecipes{
    R"({"encoding": "utf8", "delimiter": "semicolon", "quote": "'", "escape": "\\", "header": 2,
"blanks_before_quote": true, "skip_lines": 3, "map": {"user": "Kunde", "at": 2, "kind": "Art"},
"set": {"place": "Oslo"}, "date_format": "dd.mm.yyyy", "time_zone": "Europe/Oslo", "decimal": ",",
"thousands": ".", "kinds": {"Kauf": "purchase"}, "dedupe": "exact", "rules": {"upper_case_items":
true, "excluded_items": ["PFAND"], "excluded_item_prefixes": ["G"], "cancelled_order_prefix": "C"}})",
    R"({"encoding": "latin1", "delimiter": "\\t", "header": false, "rules": {}})",
    R"({"delimiter": "blanks", "quote": "none", "escape": "none", "dedupe": "event_id"})"};

const Seeds kValues{"\x10\x01\0\x08"s, "\x20\0\x01\x01\x02\x03\x04\x05\x06\x07\x08"s,
                    "\x30\x02\x03\x05hello"s, "\x40\0\x05\x50\0\x02\x02"s};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_seeds FOLDER\n";
        return 2;
    }
    const std::map<std::string, Seeds> targets{
        {"tokenizer", withPrefixes(kTexts, {"\0\0\0"s, "\0\x08\x01"s, "\3\0\5"s, "\1\x13\2"s})},
        {"sniffer", withPrefixes(kTexts, {"\0\0"s, "\2\1"s, "\x3C\2"s})},
        {"import", joined(withPrefixes(kTexts, {"\0\0a.csv\n"s, "\x11\2b\xE9.csv\n"s, "\x05\1c\n"s,
                                                "\x64\2d\n"s,
                                                "\0\x05"
                                                "e\n"s,
                                                "\0\x09"
                                                "f\n"s}),
                          kTables)},
        {"number", kNumbers},
        {"date", dates()},
        {"recipe", kRecipes},
        {"project_file", {perennial::fuzz::tinyProjectBytes()}},
        {"project_values", kValues},
    };
    for (const auto &[target, seeds] : targets) {
        const fs::path folder = fs::path(argv[1]) / target;
        fs::create_directories(folder);
        for (std::size_t k = 0; k < seeds.size(); ++k) {
            std::ofstream(folder / std::to_string(k), std::ios::binary) << seeds[k];
        }
    }
    return 0;
}
