/* A receipt put on paper: the shop, what was sold line by line, what codes took off, the sums, the taxes, how it was paid, and what
   was given back since. Each line says which fields of label_fields it holds, for the rules of the shop's profile. */
#include "print/receipt.h"

#include <string.h>

#include "db/db.h"
#include "print/copy.h"
#include "print/draw.h"
#include "sql.h"

enum { ROWS_MOST = 400, TRACKS = 3, BLOCKS = 6 };

struct head {
    const char *shop_name, *shop_name_hanzi, *street, *city, *region, *postal_code, *phone, *registration,
        *currency, *sold_at, *sold_by, *customer, *note, *state;
    int64_t receipt_no, ticket_id;
    struct money list, discount, tax, total;
    bool tax_included;
};
struct line {
    const char *name, *name_hanzi, *unit, *kind;
    int64_t quantity;
    struct money list, discount;
};
struct tax {
    const char *name;
    int64_t tax_basis_points;
    struct money net, tax;
};
struct code {
    const char *code;
    struct money discount;
};
struct tender {
    const char *name, *reference;
    struct money amount, given, change;
};
struct refund {
    int64_t receipt_no;
    struct money total;
};

static const struct column head_columns[] = {
    COLUMN(struct head, shop_name),
    COLUMN(struct head, shop_name_hanzi),
    COLUMN(struct head, street),
    COLUMN(struct head, city),
    COLUMN(struct head, region),
    COLUMN(struct head, postal_code),
    COLUMN(struct head, phone),
    COLUMN(struct head, registration),
    COLUMN(struct head, currency),
    COLUMN(struct head, sold_at),
    COLUMN(struct head, sold_by),
    COLUMN(struct head, customer),
    COLUMN(struct head, note),
    COLUMN(struct head, state),
    COLUMN(struct head, receipt_no),
    COLUMN(struct head, ticket_id),
    COLUMN(struct head, tax_included),
    COLUMN_NAMED(struct head, list, "list_cents"),
    COLUMN_NAMED(struct head, discount, "discount_cents"),
    COLUMN_NAMED(struct head, tax, "tax_cents"),
    COLUMN_NAMED(struct head, total, "total_cents"),
    COLUMNS_END,
};
static const struct column line_columns[] = {
    COLUMN(struct line, name),
    COLUMN(struct line, name_hanzi),
    COLUMN(struct line, unit),
    COLUMN(struct line, kind),
    COLUMN(struct line, quantity),
    COLUMN_NAMED(struct line, list, "list_cents"),
    COLUMN_NAMED(struct line, discount, "discount_cents"),
    COLUMNS_END,
};
static const struct column tax_columns[] = {
    COLUMN(struct tax, name),
    COLUMN(struct tax, tax_basis_points),
    COLUMN_NAMED(struct tax, net, "net_cents"),
    COLUMN_NAMED(struct tax, tax, "tax_cents"),
    COLUMNS_END,
};
static const struct column code_columns[] = {
    COLUMN(struct code, code),
    COLUMN_NAMED(struct code, discount, "discount_cents"),
    COLUMNS_END,
};
static const struct column tender_columns[] = {
    COLUMN(struct tender, name),
    COLUMN(struct tender, reference),
    COLUMN_NAMED(struct tender, amount, "amount_cents"),
    COLUMN_NAMED(struct tender, given, "given_cents"),
    COLUMN_NAMED(struct tender, change, "change_cents"),
    COLUMNS_END,
};
static const struct column refund_columns[] = {
    COLUMN(struct refund, receipt_no),
    COLUMN_NAMED(struct refund, total, "total_cents"),
    COLUMNS_END,
};

static const struct face shop_face = { 120, 90, true };
static const struct face body_face = { 85, 70, false };
static const struct face strong_face = { 100, 80, true };
static const struct face small_face = { 72, 62, false };

static const struct track centred[] = { { .kind = TRACK_SHARE, .share = 1, .align = ALIGN_CENTRE } };
static const struct track table[TRACKS] = {
    { .kind = TRACK_SHARE, .share = 1 },
    { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
    { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
};

/* A block of rows being put together. */
struct part {
    struct ctx *c;
    struct row *rows;
    size_t count, tracks;
};

static struct part part_of(struct ctx *c, size_t tracks)
{
    return (struct part){ c, arena_array(&c->arena, ROWS_MOST, sizeof(struct row)), 0, tracks };
}

static void row(struct part *part, const struct face *face, const char *a, const char *b, const char *d)
{
    const char *texts[TRACKS] = { a, b, d };
    struct cell *cells = arena_array(&part->c->arena, part->tracks, sizeof *cells);

    if (part->count == ROWS_MOST || (part->tracks == 1 && (a == NULL || *a == '\0')))
        return;
    for (size_t i = 0; i < part->tracks; i++)
        cells[i] =
            (struct cell){ .field = "receipt", .text = texts[i] == NULL ? "" : texts[i], .face = face };
    part->rows[part->count++] = (struct row){ .cells = cells };
}

/* Which fields of label_fields stand in the columns of the row made last; NULL: none a rule asks for. */
static void holds(const struct part *part, const char *a, const char *b, const char *d)
{
    const char *fields[TRACKS] = { a, b, d };
    struct cell *cells = part->count == 0 ? NULL : part->rows[part->count - 1].cells;

    for (size_t i = 0; cells != NULL && i < part->tracks; i++)
        cells[i].field = fields[i] == NULL ? cells[i].field : fields[i];
}

static const char *sum(struct ctx *c, struct money money)
{
    return money_text(&c->arena, money);
}

static struct money minus(struct money money)
{
    return (struct money){ -money.cents };
}

static struct part shop_part(struct ctx *c, const struct head *h)
{
    struct part part = part_of(c, 1);

    row(&part, &shop_face, arena_printf(&c->arena, "%s %s", h->shop_name, h->shop_name_hanzi), NULL, NULL);
    holds(&part, "seller_name;dispensary_name", NULL, NULL);
    row(&part, &small_face, h->street, NULL, NULL);
    holds(&part, *h->street == '\0' ? NULL : "seller_address;dispensary_address", NULL, NULL);
    row(&part, &small_face, arena_printf(&c->arena, "%s %s %s", h->city, h->region, h->postal_code), NULL,
        NULL);
    row(&part, &small_face, h->phone, NULL, NULL);
    holds(&part, *h->phone == '\0' ? NULL : "seller_phone;dispensary_phone", NULL, NULL);
    row(&part, &small_face, h->registration, NULL, NULL);
    return part;
}

static struct part sale_part(struct ctx *c, const struct head *h, int copy_no)
{
    struct part part = part_of(c, TRACKS);

    row(&part, &strong_face, arena_printf(&c->arena, "Receipt 收据 %lld", (long long)h->receipt_no), NULL,
        h->sold_at);
    holds(&part, "invoice_number", NULL, "transaction_date");
    if (copy_no > 1)
        row(&part, &strong_face, arena_printf(&c->arena, "%s 副本", copy_words(c, copy_no)), NULL, NULL);
    row(&part, &small_face, arena_printf(&c->arena, "Served by %s", h->sold_by), NULL,
        arena_printf(&c->arena, "Ticket %lld", (long long)h->ticket_id));
    if (*h->customer != '\0')
        row(&part, &small_face, arena_printf(&c->arena, "Customer %s", h->customer), NULL, NULL);
    return part;
}

static enum status lines_part(struct ctx *c, const struct head *h, struct part *part)
{
    struct line *lines;
    size_t n;

    bool chinese = true;

    *part = part_of(c, TRACKS);
    TRY(db_all(c, &q_quote_lines, PARAMS(SHOP(c), I64(h->ticket_id)), line_columns, sizeof *lines, &lines,
               &n));
    for (size_t i = 0; i < n; i++) /* names in Chinese, or not: what one lacks the receipt lacks */
        chinese = chinese && *lines[i].name_hanzi != '\0';
    for (size_t i = 0; i < n; i++) {
        const bool weighed = strcmp(lines[i].unit, "mg") == 0;

        row(part, &body_face,
            arena_printf(&c->arena, "%s%s%s", lines[i].name, *lines[i].name_hanzi == '\0' ? "" : " ",
                         lines[i].name_hanzi),
            weighed ? weight_text(&c->arena, (struct weight){ lines[i].quantity })
                    : arena_printf(&c->arena, "%lld", (long long)lines[i].quantity),
            sum(c, lines[i].list));
        holds(part, chinese ? "product_name;herb_names_chinese" : "product_name", "herb_quantities", NULL);
        if (lines[i].discount.cents > 0) {
            row(part, &small_face, "   discount 折扣", NULL, sum(c, minus(lines[i].discount)));
            part->rows[part->count - 1].glued = part->count > 1;
        }
    }
    return ST_OK;
}

static enum status sums_part(struct ctx *c, const struct head *h, struct part *part)
{
    struct code *codes;
    size_t n;

    *part = part_of(c, TRACKS);
    TRY(db_all(c, &q_quote_codes, PARAMS(SHOP(c), I64(h->ticket_id)), code_columns, sizeof *codes, &codes,
               &n));
    row(part, &body_face, "Goods 商品", NULL, sum(c, h->list));
    for (size_t i = 0; i < n; i++)
        row(part, &body_face, arena_printf(&c->arena, "Code 优惠码 %s", codes[i].code), NULL,
            sum(c, minus(codes[i].discount)));
    row(part, &body_face, h->tax_included ? "Tax, included 含税" : "Tax 税", NULL, sum(c, h->tax));
    row(part, &strong_face, "Total 合计", h->currency, sum(c, h->total));
    holds(part, NULL, NULL, "price");
    return ST_OK;
}

static enum status money_part(struct ctx *c, const struct head *h, struct part *part)
{
    struct tender *tenders;
    struct refund *refunds;
    size_t n;

    *part = part_of(c, TRACKS);
    TRY(db_all(c, &q_ticket_tenders, PARAMS(SHOP(c), I64(h->ticket_id)), tender_columns, sizeof *tenders,
               &tenders, &n));
    for (size_t i = 0; i < n; i++) {
        row(part, &body_face, tenders[i].name, tenders[i].reference, sum(c, tenders[i].amount));
        if (tenders[i].change.cents > 0)
            row(part, &small_face,
                arena_printf(&c->arena, "   given %s, change 找零", sum(c, tenders[i].given)), NULL,
                sum(c, tenders[i].change));
    }
    TRY(db_all(c, &q_ticket_refunds, PARAMS(SHOP(c), I64(h->ticket_id)), refund_columns, sizeof *refunds,
               &refunds, &n));
    for (size_t i = 0; i < n; i++)
        row(part, &strong_face,
            arena_printf(&c->arena, "Refund 退款, receipt %lld", (long long)refunds[i].receipt_no), NULL,
            sum(c, minus(refunds[i].total)));
    return ST_OK;
}

static enum status taxes_part(struct ctx *c, const struct head *h, struct part *part)
{
    struct tax *taxes;
    size_t n;

    *part = part_of(c, TRACKS);
    TRY(db_all(c, &q_sale_receipt_taxes, PARAMS(SHOP(c), I64(h->ticket_id)), tax_columns, sizeof *taxes,
               &taxes, &n));
    row(part, &small_face, "Taxes 税", "net", "tax");
    for (size_t i = 0; i < n; i++)
        row(part, &small_face,
            arena_printf(&c->arena, "%s %s %%", taxes[i].name,
                         money_text(&c->arena, (struct money){ taxes[i].tax_basis_points })),
            sum(c, taxes[i].net), sum(c, taxes[i].tax));
    return ST_OK;
}

static struct block block_of(const struct part *part, const struct track *tracks, bool ruled)
{
    return (struct block){ .field = "receipt",
                           .zone = ZONE_FLOW,
                           .tracks = tracks,
                           .track_count = part->tracks,
                           .rows = part->rows,
                           .row_count = part->count,
                           .columns_max = 1,
                           .ruled = ruled,
                           .space = MM(1.2),
                           .gutter = MM(1.5) };
}

/* The receipt on its paper, measured with `ruler`. */
static enum status place(struct ctx *c, int64_t ticket_id, int copy_no, const struct ruler *ruler,
                         struct sheet_of_paper *paper)
{
    struct part shop, sale, lines, sums, money, taxes, note = part_of(c, 1);
    struct block blocks[BLOCKS + 1];
    struct layout layout = { .name = "a receipt of 80 mm",
                             .width = MM(80),
                             .height = 0,
                             .margin = MM(4),
                             .pages_max = 1,
                             .scale_max = 100,
                             .blocks = blocks };
    struct head h;
    bool found;

    TRY(db_row(c, &q_sale_receipt_head, PARAMS(SHOP(c), I64(ticket_id)), head_columns, &h, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "ticket_id", arena_printf(&c->arena, "%lld", (long long)ticket_id),
                        "is no paid ticket of this shop");
    shop = shop_part(c, &h);
    sale = sale_part(c, &h, copy_no);
    TRY(lines_part(c, &h, &lines));
    TRY(sums_part(c, &h, &sums));
    TRY(money_part(c, &h, &money));
    TRY(taxes_part(c, &h, &taxes));
    row(&note, &small_face, h.note, NULL, NULL);
    blocks[layout.count++] = block_of(&shop, centred, false);
    blocks[layout.count++] = block_of(&sale, table, true);
    blocks[layout.count++] = block_of(&lines, table, true);
    blocks[layout.count++] = block_of(&sums, table, true);
    blocks[layout.count++] = block_of(&money, table, true);
    blocks[layout.count++] = block_of(&taxes, table, true);
    if (note.count > 0)
        blocks[layout.count++] = block_of(&note, centred, true);
    layout.title = arena_printf(&c->arena, "Receipt %lld", (long long)h.receipt_no);
    return layout_place(c, &layout, ruler, paper);
}

static const struct label receipt = { .name = "receipt-80", .kind = "receipt", .title = "Receipt" };

struct settings {
    const char *label_profile;
};

static const struct column settings_columns[] = { COLUMN(struct settings, label_profile), COLUMNS_END };

/* The paper held against the rules, with what was let through. */
static enum status check(struct ctx *c, struct label_job *job, const struct sheet_of_paper *paper)
{
    const struct label_rules *rules;
    struct settings settings;
    bool found;

    TRY(db_row(c, &q_label_settings, PARAMS(SHOP(c)), settings_columns, &settings, &found));
    TRY(label_rules_read(c, job->profile != NULL ? job->profile : settings.label_profile,
                         label_document(receipt.kind), DATE_NONE, &rules));
    job->content.conditions = "";
    label_lint_check(c, rules, &job->content, paper, 1, &job->lint);
    return label_overrides_read(c, job);
}

static struct label_job job_of(int64_t ticket_id)
{
    return (struct label_job){ .label = &receipt, .id = ticket_id, .about = "ticket", .on = DATE_NONE };
}

enum status receipt_lint(struct ctx *c, int64_t ticket_id, const char *profile, const char *font,
                         struct label_lint *lint)
{
    struct label_job job = job_of(ticket_id);
    struct sheet_of_paper paper;
    struct ruler ruler;

    job.profile = profile;
    TRY(draw_ruler(c, font, &ruler));
    TRY(place(c, ticket_id, 1, &ruler, &paper));
    TRY(check(c, &job, &paper));
    *lint = job.lint;
    return ST_OK;
}

enum status receipt_override(struct ctx *c, int64_t ticket_id, const char *font, const char *reason,
                             const char *note)
{
    struct sheet_of_paper paper;
    struct ruler ruler;

    TRY(draw_ruler(c, font, &ruler));
    return receipt_place(c, ticket_id, 1, reason, note, &ruler, &paper);
}

enum status receipt_place(struct ctx *c, int64_t ticket_id, int copy_no, const char *reason, const char *note,
                          const struct ruler *ruler, struct sheet_of_paper *paper)
{
    struct label_job job = job_of(ticket_id);

    job.reason = reason;
    job.note = note;
    TRY(place(c, ticket_id, copy_no, ruler, paper));
    TRY(check(c, &job, paper));
    return label_overrides_settle(c, &job);
}

enum status receipt_draw(struct ctx *c, int64_t ticket_id, const char *font, enum label_format format,
                         int dpi, struct text *out)
{
    struct sheet_of_paper paper;
    struct ruler ruler;
    struct copy copy;

    TRY(copy_newest(c, "ticket", ticket_id, "receipt", &copy));
    TRY(draw_ruler(c, font, &ruler));
    TRY(receipt_place(c, ticket_id, copy.copy_no, NULL, NULL, &ruler, &paper));
    return label_paper_draw(c, &ruler, &paper, 1, instant_now(), format, dpi, out);
}
