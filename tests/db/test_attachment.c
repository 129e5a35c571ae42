/* Files of lots in the database: never changed, never another's content, never another shop's. */
#include <string.h>
#include <unistd.h>

#include "core/attachment.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_attachment"

static int64_t lot;
static int lots;

SCENE_MADE(scene_make(DATABASE))

static void setup(void)
{
    scene_open(DATABASE, "mei.lin");
    lot = stage_lot(&c, "ma_huang", SQL("AT-%d-%d", (int)getpid(), ++lots), 1000, 300, "released", "A01");
}

static enum status attach(const char *bytes, size_t size, int64_t *id)
{
    struct attachment a = { .of = OF_LOT, .of_id = lot, .file_name = "分析报告.txt", .file = tmpfile() };
    enum status status;

    ck_assert_ptr_nonnull(a.file);
    ck_assert(fwrite(bytes, 1, size, a.file) == size);
    status = attachment_add(&c, &a, id);
    (void)fclose(a.file);
    return status;
}

START_TEST(a_file_comes_back_to_the_byte)
{
    struct attachment_content content;
    char bytes[768] = "%PDF-1.7";
    int64_t id;

    for (size_t i = 8; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    ck_assert_msg(attach(bytes, sizeof bytes, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(attachment_read(&c, id, &content) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(content.size, sizeof bytes);
    ck_assert_int_eq(memcmp(content.bytes, bytes, sizeof bytes), 0);
    ck_assert_str_eq(content.content_type, "application/pdf");
    ck_assert_str_eq(content.file_name, "分析报告.txt");
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM audit WHERE action = 'attachment_added' AND "
                                        "subject = 'lot %lld' AND details LIKE '%%%s%%'",
                                        (long long)lot, content.sha256)),
                     1);
}
END_TEST

START_TEST(nobody_changes_or_removes_one)
{
    static const char *const attacks[] = { "UPDATE attachments SET bytes = 'x'",
                                           "UPDATE attachments SET kind = 'other'",
                                           "DELETE FROM attachments" };
    int64_t id;

    ck_assert_int_eq(attach("abc", 3, &id), ST_OK);
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        ck_assert_int_ne(sql_try(&c, attacks[i]), ST_OK);
        ctx_forgive(&c);
    }
    ck_assert_int_ne(
        sql_try(&c, SQL("INSERT INTO attachments (shop_id, lot_id, kind, file_name, content_type, size, "
                        "sha256, bytes) VALUES (%lld, %lld, 'other', 'a', 'text/plain', 3, "
                        "encode(sha256('abc'), 'hex'), 'abd')",
                        (long long)c.who.shop_id, (long long)lot)),
        ST_OK);
    ck_assert_msg(strstr(fault_text(&c), "checksum") != NULL, "%s", fault_text(&c));
}
END_TEST

START_TEST(another_shop_sees_and_attaches_nothing)
{
    struct attachment_content content;
    int64_t id, other;

    ck_assert_int_eq(attach("abc", 3, &id), ST_OK);
    c.who.shop_id++;
    ck_assert_int_eq(attachment_read(&c, id, &content), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(attach("abc", 3, &other), ST_NOT_FOUND);
}
END_TEST

SUITE(attachment)
{
    return suite_of("attachment", 4, make, setup, scene_close,
                    TESTS(a_file_comes_back_to_the_byte, nobody_changes_or_removes_one,
                          another_shop_sees_and_attaches_nothing));
}
