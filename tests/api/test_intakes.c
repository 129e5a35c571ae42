/* A prescription written elsewhere over HTTP: received by the helper, its paper attached, entered by one pharmacist, its prescriber asked,
   compared by another; and what bad input gets. */
#include <string.h>

#include "support/desk.h"
#include "support/prescribe.h"

#define DATABASE "api_intakes"

static const char *pharmacist, *other, *helper;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    desk_open(DATABASE, "mei.lin");
    pharmacist = sign_in_as(&c, DATABASE, "mei.lin");
    other = sign_in_as(&c, DATABASE, "david.chen");
    helper = sign_in_as(&c, DATABASE, "sam.ortiz");
}

static const char *paper(int64_t patient, const char *how)
{
    return arena_printf(
        &c.arena,
        "{\"patient_id\":%lld,\"prescriber\":{\"name\":\"Ada Osei\",\"address\":\"3 Mill Lane\","
        "\"phone\":\"113\",\"registration\":\"74\",\"registered_with\":\"GMC\"},\"number\":\"R1\","
        "\"written_on\":\"2026-01-02\",\"how\":\"%s\"}",
        (long long)patient, how);
}

START_TEST(a_paper_comes_in_and_stands_as_signed)
{
    const int64_t patient = test_patient(&stage, "D-0001");
    const char *entry =
        arena_printf(&c.arena,
                     "{\"patient_id\":%lld,\"dosage_form\":\"raw_decoction\",\"days\":7,\"herbs\":[{"
                     "\"herb\":\"gan cao\",\"mg\":3000}]}",
                     (long long)patient);

    must(helper, "/api/v1/intakes", "{\"patient_id\":1}", 422, "\"prescriber\"");
    must(helper, "/api/v1/intakes", paper(patient, "pigeon"), 422, "\"how\"");
    must(helper, "/api/v1/intakes", paper(patient, "fax"), 201, "\"state\":\"received\"");
    must(helper, "/api/v1/intakes", paper(patient, "fax"), 409, "was received already, as intake 1");
    must(pharmacist, "/api/v1/intakes/1/prescription", entry, 409, "has no page yet");
    must(helper, "/api/v1/intakes/1/attachments?file_name=rx.txt&kind=prescription", "Rx gan cao 3 g", 201,
         "\"intake_id\":1");
    must(helper, "/api/v1/intakes/1/attachments?file_name=again.txt", "Rx gan cao 3 g", 409,
         "a duplicate paper");
    must(helper, "/api/v1/intakes/1/prescription", entry, 403, "denied");
    must(pharmacist, "/api/v1/intakes/1/prescription", entry, 201,
         "\"intake_id\":1,\"written_by\":\"Ada Osei\"");
    must(pharmacist, "/api/v1/intakes/1/queries", "{\"question\":\"3 g?\"}", 200, "\"state\":\"queried\"");
    must(pharmacist, "/api/v1/intakes/1/queries/1/answer",
         "{\"verdict\":\"as_written\",\"answer\":\"Yes\",\"said_by\":\"Ada Osei\",\"said_how\":\"phone\"}",
         200, "\"state\":\"entered\"");
    must(pharmacist, "/api/v1/intakes/1/check", "{\"matches\":true}", 403, "entered this version");
    must(other, "/api/v1/intakes/1/check", "{\"matches\":false}", 422, "where it differs");
    must(other, "/api/v1/intakes/1/check", "{\"matches\":false,\"note\":\"2 g\"}", 200,
         "\"to_change\":false,\"unanswered\":1");
    must(other, "/api/v1/intakes/1/reject", "{\"reason\":\"unreadable\"}", 200, "\"state\":\"rejected\"");
}
END_TEST

SUITE(intakes)
{
    return suite_of("intakes", 120, make_database, setup, desk_close,
                    TESTS(a_paper_comes_in_and_stands_as_signed));
}
