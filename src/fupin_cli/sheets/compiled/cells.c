/* A block of whole xlsx rows in; its cells as Arrow views and kinds, by column and row, out.
 *
 * Compiled to cells.wasm, which ../compiled_scan.py runs. Only what programs usually write is known here; every byte is
 * looked at. A cell of another spelling, or one whose text is not a piece of the XML, is listed as `left` for Python;
 * where even the end of a cell is not sure, `scan` returns 0 and Python looks at the whole block again.
 * Whatever the block holds, this code can only write into its own linear memory.
 */
#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

enum { NUMBER, SHARED, TEXT, BOOLEAN, ERROR, ISO_DATE, ODD };                                      /* Type of ../block_cells.py */
enum { KIND_BLANK, KIND_TEXT, KIND_NUMBER, KIND_DATE, KIND_BOOLEAN, KIND_ERROR, KIND_UNCOMPUTED }; /* Kind of model/sheet.py */
enum { LAST_ROW = 1048576, COLUMNS = 16384, INLINE = 12, PLAIN_LENGTH = 16, PLAIN_DIGITS = 15 };
enum { LONG_LENGTH = 20, LONG_DIGITS = 18, LONG_DECIMALS = 17 };
enum { COUNTED_COLUMNS = 512, MOST_TEXTS = 250, TEXT_PLACES = 512 }; /* of ../distinct_texts.py */

typedef struct { u64 low, high; } View; /* a length, then twelve bytes, or four and where in which block it stands */
typedef struct { u32 row, column, style, type, start, end, trimmed; } Left; /* of an odd cell start and end are its element's */
typedef struct { u32 number, count; } Said; /* a shared text, counted from 1, and the cells of a column that say it */

/* Filled by Python, in this order; the last seven are told back. */
typedef struct {
    const u8 *block; u32 size;
    const View *shared; const u8 *shared_kinds; u32 shared_count;
    const u8 *meanings; u32 meaning_count;
    const View *days; u32 first_day, day_count;
    u32 *numbers; u32 row_limit;      /* Excel's number of every row with cells */
    View *views; u8 *kinds; u32 slot_limit; /* column * row_limit + row */
    Left *left; u32 left_limit;
    u32 *hidden; u32 hidden_limit;
    Said *said; u32 *distinct; u32 counted_rows; /* both live as long as the sheet; of this block so many rows are counted */
    u32 rows, width, first, last, left_count, hidden_count, own_texts;
} Job;

typedef struct { const u8 *at; u32 row, column, style, type, trimmed; } Cell;

static u64 word(const u8 *at) { u64 found; __builtin_memcpy(&found, at, 8); return found; }
/* A text as the word it begins with; the compiler does it. */
static inline u64 as_word(const char *text, u32 length) {
    u64 found = 0;
    for (u32 i = 0; i < length && i < 8; i++) found |= (u64)(u8)text[i] << 8 * i;
    return found;
}
static inline int begins(const u8 *at, const char *text, u32 length) {
    for (; length > 8; at += 8, text += 8, length -= 8) if (word(at) != as_word(text, 8)) return 0;
    return ((word(at) ^ as_word(text, length)) << 8 * (8 - length)) == 0;
}
#define APART __attribute__((noinline))
#define BEGINS(at, text) begins(at, text, sizeof(text) - 1)
static int is_blank(u8 c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
static const u8 *skip_blanks(const u8 *at) { while (is_blank(*at)) at++; return at; }

/* Digits, up to `most` of eight; behind the character that ends them, or 0 when there is none or another follows. As read_digits of ../words.py. */
static inline const u8 *read_number(const u8 *at, u8 end, u32 most, u32 *value) {
    u64 digits = word(at) ^ 0x3030303030303030u, others = ((digits + 0x7676767676767676u) | digits) & 0x8080808080808080u;
    u32 length = others ? __builtin_ctzll(others) / 8 : 8;
    if (!length || length > most || at[length] != end) return 0;
    digits <<= 8 * (8 - length);
    digits = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FFu;
    digits = (digits * 100 + (digits >> 16)) & 0x0000FFFF0000FFFFu;
    *value = digits * 10000 + (digits >> 32);
    return at + length + 1;
}

static View view_of(const u8 *at, u32 length, u32 place) {
    View view;
    u64 first = word(at);
    if (length <= INLINE) {
        u64 next = word(at + 4);
        u32 head = length < 4 ? length : 4, rest = length - head;
        u64 kept = head == 4 ? 0xFFFFFFFFu : (1ull << 8 * head) - 1;
        view.low = length | (first & kept) << 32;
        view.high = rest == 8 ? next : next & ((1ull << 8 * rest) - 1);
    } else {
        view.low = length | first << 32;
        view.high = (u64)place << 32; /* block 0 of the column's blocks */
    }
    return view;
}

/* Whether a number is written as the shortest text that reads back the same; see ../plain_numbers.py. */
static int is_plain(const u8 *at, u32 length) {
    u32 digits = 0, minus = *at == '-', point = 0;
    if (length > PLAIN_LENGTH || length <= minus) return 0;
    for (u32 i = minus; i < length; i++) {
        if ((u8)(at[i] - '0') < 10) digits++;
        else if (at[i] == '.' && !point && i > minus) point = i;
        else return 0;
    }
    if (digits > PLAIN_DIGITS) return 0;
    if (point && (point == length - 1 || at[length - 1] == '0')) return 0;
    return at[minus] != '0' || length == 1 || point == minus + 1;
}

static const u64 TENS[20] = {
    1ull, 10ull, 100ull, 1000ull, 10000ull, 100000ull, 1000000ull, 10000000ull, 100000000ull, 1000000000ull,
    10000000000ull, 100000000000ull, 1000000000000ull, 10000000000000ull, 100000000000000ull, 1000000000000000ull,
    10000000000000000ull, 100000000000000000ull, 1000000000000000000ull, 10000000000000000000ull,
};
static u32 digits_of(u64 number) { u32 count = 0; while (count < 20 && TENS[count] <= number) count++; return count; }

/* Whether `whole` with so many decimals reads as the double `value`; ../long_decimals.py proves it. */
static int reads_as(u64 whole, u32 decimals, double value) {
    u64 bits;
    __builtin_memcpy(&bits, &value, 8);
    u64 unit = 1ull << 52, fraction = bits & (unit - 1);
    int shift = 1075 - (int)(bits >> 52);
    if (shift <= 0 || !fraction) return 0;
    u64 between = (shift < 64 ? whole << shift : 0) - (fraction | unit) * TENS[decimals];
    return (between >> 63 ? -between : between) < TENS[decimals] / 2;
}

/* A decimal of sixteen digits to eighteen whose shortest text has fifteen or fewer: that text; as ../long_decimals.py. */
APART static int is_short_decimal(const u8 *at, u32 length, View *view) {
    u64 whole = 0;
    u32 minus = *at == '-', point = 0;
    if (length > LONG_LENGTH) return 0;
    for (u32 i = minus; i < length; i++) {
        if ((u8)(at[i] - '0') < 10) whole = whole * 10 + (at[i] - '0');
        else if (at[i] == '.' && !point && i > minus) point = i;
        else return 0;
    }
    u32 digits = digits_of(whole), dropped = digits - PLAIN_DIGITS, decimals = length - 1 - point;
    if (!point || digits <= PLAIN_DIGITS || digits > LONG_DIGITS || decimals < dropped || decimals > LONG_DECIMALS) return 0;
    u64 kept = (whole + TENS[dropped] / 2) / TENS[dropped];
    u32 places = decimals - dropped;
    if (!reads_as(whole, decimals, (double)kept / (double)TENS[places])) return 0;
    for (; places && kept % 10 == 0; kept /= 10) places--;
    u32 before = digits_of(kept) > places ? digits_of(kept) - places : 1, all = minus + before + places + (places > 0);
    if (all > INLINE) return 0;
    u8 text[16] = "-";
    for (u32 i = all; i-- > minus;) {
        if (places && i == minus + before) { text[i] = '.'; continue; }
        text[i] = '0' + kept % 10;
        kept /= 10;
    }
    *view = view_of(text, all, 0);
    return 1;
}

/* The end of an attribute's value: behind its closing quote; 0 when it is written in another way. */
APART static const u8 *read_attribute(const u8 *at, const u8 **value) {
    if (*at++ != ' ') return 0;
    while ((u8)(*at - 'a') < 26 || (u8)(*at - 'A') < 26 || (u8)(*at - '0') < 10 || *at == ':' || *at == '_' || *at == '-') at++;
    if (at[0] != '=' || at[1] != '"') return 0;
    *value = at += 2;
    while (*at != '"' && *at != '<' && *at) at++;
    return *at == '"' ? at + 1 : 0;
}

/* The row's tag from `<row r="` to its end: 0 not known, 1 with cells, 2 without. */
APART static int read_row(Job *job, const u8 **from, u32 *number) {
    const u8 *at = read_number(*from + 8, '"', 7, number), *value;
    int is_hidden = 0;
    if (!at || *number <= job->last || *number > LAST_ROW || (*from)[8] == '0') return 0;
    while (*at == ' ') {
        const u8 *name = at + 1;
        if (!(at = read_attribute(at, &value))) return 0;
        if (value - name == 8 && BEGINS(name, "hidden=")) {
            u32 length = at - 1 - value;
            if ((length == 1 && *value == '1') || (length == 4 && BEGINS(value, "true"))) is_hidden = 1;
            else if (!(length == 1 && *value == '0') && !(length == 5 && BEGINS(value, "false"))) return 0;
        }
    }
    if (is_hidden) {
        if (job->hidden_count == job->hidden_limit) return 0;
        job->hidden[job->hidden_count++] = *number;
    }
    job->last = *number;
    if (!job->first) job->first = *number;
    if (*at == '/' && at[1] == '>') { *from = at + 2; return 2; }
    if (*at != '>') return 0;
    *from = at + 1;
    return 1;
}

static void put(Job *job, Cell *cell, View view, u8 kind) {
    u32 slot = cell->column * job->row_limit + cell->row;
    job->views[slot] = view;
    job->kinds[slot] = kind;
}

/* One cell more that says a shared text; a column with too many texts is no longer counted. */
static inline void count_text(Job *job, Cell *cell, u32 number) {
    if (cell->column >= COUNTED_COLUMNS || job->distinct[cell->column] > MOST_TEXTS || cell->row < job->counted_rows) return;
    Said *of_column = job->said + cell->column * TEXT_PLACES, *said;
    for (u32 at = number++;; at++) {
        said = of_column + at % TEXT_PLACES;
        if (said->number == number) { said->count++; return; }
        if (!said->number) break;
    }
    if (++job->distinct[cell->column] <= MOST_TEXTS) *said = (Said){number, 1};
}

/* List a cell for Python; 0 when there is no room. */
APART static int leave(Job *job, Cell *cell, u32 type, const u8 *start, const u8 *end) {
    if (job->left_count == job->left_limit) return 0;
    job->left[job->left_count++] = (Left){cell->row, cell->column, cell->style, type, start - job->block, end - job->block, cell->trimmed};
    return 1;
}

static int put_shared(Job *job, Cell *cell, u32 number) {
    if (number >= job->shared_count) return 0;
    put(job, cell, job->shared[number], job->shared_kinds[number]);
    count_text(job, cell, number);
    return 1;
}

/* A value of a known place: 0 when the block is for another reader. */
static int read_value(Job *job, Cell *cell, const u8 *start, const u8 *end, int is_marked) {
    u32 length = end - start, number, place = start - job->block;
    switch (cell->type) {
    case SHARED:
        return read_number(start, '<', 8, &number) && put_shared(job, cell, number);
    case NUMBER: {
        u32 meaning = cell->style < job->meaning_count ? job->meanings[cell->style] : 0;
        if (meaning == 0 && is_plain(start, length)) { put(job, cell, view_of(start, length, place), KIND_NUMBER); return 1; }
        View decimal;
        if (meaning == 0 && is_short_decimal(start, length, &decimal)) { put(job, cell, decimal, KIND_NUMBER); return 1; }
        if (meaning == 1 && read_number(start, '<', 5, &number) && number - job->first_day < job->day_count) {
            put(job, cell, job->days[number - job->first_day], KIND_DATE);
            return 1;
        }
        return leave(job, cell, NUMBER, start, end);
    }
    case TEXT:
    case ERROR:
        if (is_marked || (length && cell->trimmed && (*start <= ' ' || end[-1] <= ' ')) || (!length && cell->type == ERROR))
            return leave(job, cell, cell->type, start, end);
        job->own_texts = 1;
        if (length) put(job, cell, view_of(start, length, place), cell->type == TEXT ? KIND_TEXT : KIND_ERROR);
        return 1;
    case BOOLEAN:
        if (length == 1 && *start == '1') { put(job, cell, view_of((const u8 *)"TRUE\0\0\0\0\0\0\0\0", 4, 0), KIND_BOOLEAN); return 1; }
        if (length == 1 && *start == '0') { put(job, cell, view_of((const u8 *)"FALSE\0\0\0\0\0\0\0", 5, 0), KIND_BOOLEAN); return 1; }
        return leave(job, cell, BOOLEAN, start, end);
    default:
        return leave(job, cell, cell->type, start, end);
    }
}

/* To the next bracket; whether an entity, a carriage return or an escape such as _x000D_ stands before it. */
static const u8 *to_bracket(const u8 *at, int *is_marked) {
    int marked = 0;
    for (; *at != '<' && *at; at++) marked |= (*at == '&') | (*at == '\r') | (*at == '_' && at[1] == 'x');
    *is_marked = marked;
    return at;
}

/* A cell of another spelling: to the next cell or the end of its row. */
APART static const u8 *skip_odd(Job *job, Cell *cell, const u8 *from) {
    const u8 *at = from + 1;
    while (*at && !BEGINS(at, "<c r=\"") && !BEGINS(at, "</row>")) at++;
    const u8 *end = at;
    while (is_blank(end[-1])) end--;
    return *at && leave(job, cell, ODD, from, end) ? at : 0;
}

/* What stands behind the attributes of a cell: the place behind it, or 0. */
static const u8 *read_content(Job *job, Cell *cell, const u8 *from, const u8 *at) {
    const u8 *start, *end;
    int is_marked, is_formula_marked;
    u32 number;
    if (BEGINS(at, "><v>")) {
        if (cell->type == SHARED && (end = read_number(at + 4, '<', 8, &number)) && BEGINS(end - 1, "</v></c>"))
            return put_shared(job, cell, number) ? end + 7 : 0;
        end = to_bracket(start = at + 4, &is_marked);
        if (BEGINS(end, "</v></c>")) return read_value(job, cell, start, end, is_marked) ? end + 8 : 0;
    } else if (BEGINS(at, "/>")) {
        return at + 2;
    } else if (BEGINS(at, "></c>")) {
        return at + 5;
    } else if (BEGINS(at, "><is><t") && cell->type == TEXT) {
        start = at + 8;
        cell->trimmed = at[7] == '>';
        if (BEGINS(at + 7, " xml:space=\"preserve\">")) start = at + 29;
        else if (!cell->trimmed) return skip_odd(job, cell, from);
        end = to_bracket(start, &is_marked);
        if (BEGINS(end, "</t></is></c>")) return read_value(job, cell, start, end, is_marked) ? end + 13 : 0;
        cell->trimmed = 0;
    } else if (BEGINS(at, "><f")) {
        at = to_bracket(at + 2, &is_formula_marked);
        if (BEGINS(at, "</f>")) at += 4;
        else if (at[-1] != '>' || at[-2] != '/') return skip_odd(job, cell, from);
        if (BEGINS(at, "<v>")) {
            end = to_bracket(start = at + 3, &is_marked);
            if (end > start && BEGINS(end, "</v></c>")) return read_value(job, cell, start, end, is_marked) ? end + 8 : 0;
        }
    }
    return skip_odd(job, cell, from);
}

/* `s` and `t` in either order; behind them, or 0 when there is another. */
static const u8 *read_attributes(Cell *cell, const u8 *at) {
    for (int i = 0; i < 2 && *at == ' '; i++) {
        if (BEGINS(at, " t=\"s\"")) { cell->type = SHARED; at += 6; }
        else if (BEGINS(at, " s=\"")) { if (!(at = read_number(at + 4, '"', 7, &cell->style))) return 0; }
        else if (BEGINS(at, " t=\"n\"")) { cell->type = NUMBER; at += 6; }
        else if (BEGINS(at, " t=\"str\"")) { cell->type = TEXT; at += 8; }
        else if (BEGINS(at, " t=\"inlineStr\"")) { cell->type = TEXT; at += 14; }
        else if (BEGINS(at, " t=\"b\"")) { cell->type = BOOLEAN; at += 6; }
        else if (BEGINS(at, " t=\"e\"")) { cell->type = ERROR; at += 6; }
        else if (BEGINS(at, " t=\"d\"")) { cell->type = ISO_DATE; at += 6; }
        else return 0;
    }
    return *at == ' ' ? 0 : at;
}

/* Letters of a reference, then the row's own digits and a quote; behind them, or 0. */
static const u8 *read_reference(const u8 *at, const u8 *digits, u32 digit_count, u32 *column) {
    const u8 *from = at;
    u32 found = 0;
    while ((u8)(*at - 'A') < 26 && at - from < 3) found = found * 26 + (*at++ - 'A') + 1;
    if (!found || found > COLUMNS) return 0;
    if ((word(at) ^ word(digits)) << 8 * (7 - digit_count)) return 0; /* with the closing quote */
    *column = found - 1;
    return at + digit_count + 1;
}

/* Room for one more column, blank. */
APART static int widen(Job *job, u32 column) {
    if ((u64)(column + 1) * job->row_limit > job->slot_limit) return 0;
    u32 from = job->width * job->row_limit, count = (column + 1) * job->row_limit - from;
    __builtin_memset(job->views + from, 0, (u64)count * sizeof(View));
    __builtin_memset(job->kinds + from, 0, count);
    job->width = column + 1;
    return 1;
}

/* The cells of one row; behind `</row>`, or 0. */
static const u8 *read_cells(Job *job, const u8 *at, const u8 *digits) {
    u32 digit_count = 0, before = 0;
    while (digits[digit_count] != '"') digit_count++;
    for (at = skip_blanks(at); BEGINS(at, "<c r=\""); at = skip_blanks(at)) {
        Cell cell = {at, job->rows, 0, 0, NUMBER, 0};
        const u8 *mark = read_reference(at + 6, digits, digit_count, &cell.column);
        if (!mark || cell.column + 1 <= before) return 0;
        before = cell.column + 1;
        if (cell.column >= job->width && !widen(job, cell.column)) return 0;
        const u8 *behind = read_attributes(&cell, mark);
        if (!(at = behind ? read_content(job, &cell, at, behind) : skip_odd(job, &cell, at))) return 0;
    }
    return BEGINS(at, "</row>") ? at + 6 : 0;
}

/* 1: the job is done; 0: the block is for another reader; 2: it has more rows than `row_limit`. Noughts stand behind the block, so that looking ahead ends there. */
__attribute__((export_name("scan"))) int scan(Job *job) {
    const u8 *at = skip_blanks(job->block), *end = job->block + job->size;
    while (at < end) {
        const u8 *tag = at;
        u32 number, rows = job->rows;
        if (!BEGINS(at, "<row r=\"")) return 0;
        if (rows == job->row_limit) return 2;
        int kind = read_row(job, &at, &number);
        if (!kind) return 0;
        if (kind == 1) {
            const u8 *first = skip_blanks(at);
            if (!(at = read_cells(job, at, tag + 8))) return 0;
            if (!BEGINS(first, "</row>")) job->numbers[job->rows++] = number;
        }
        at = skip_blanks(at);
    }
    return at == end;
}

/* The compiler calls it. */
void *memset(void *to, int value, unsigned long count) { u8 *at = to; while (count--) *at++ = value; return to; }
