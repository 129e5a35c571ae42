/* Patients from a table: who they are, and as typed what they take, have and must not get. A patient without a code gets the shop's
   next one; a code that is there already is a fault, so nobody is overwritten. */
#include "core/import_kinds.h"

#include "sql.h"

static const struct table_column columns[] = {
    { "code", "Patient no.|患者号|编号", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "family_name", "Family name|Last name|Surname|姓", TABLE_TEXT, TABLE_FILLED, NULL },
    { "given_name", "Given name|First name|名", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "name_hanzi", "Chinese name|中文姓名|姓名", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "sex", "Gender|性别", TABLE_WORD, TABLE_OPTIONAL, "female=f=女|male=m=男|other=其他" },
    { "born_on", "Born|Date of birth|Birthday|DOB|出生日期", TABLE_DATE, TABLE_OPTIONAL, NULL },
    { "weight_mg", "Weight|Body weight|体重", TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    { "occupation", "职业", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "phone", "Telephone|电话", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "language", "语言", TABLE_WORD, TABLE_OPTIONAL,
      "english=en|zh_hans=简体中文=简体=zh|zh_hant=繁體中文=繁體|polish=pl|spanish=es" },
    { "complaint", "主诉", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

static const struct import_part parts[] = {
    { "patients", NULL, false, columns, NULL },
    { .name = NULL },
};

static enum status apply(struct ctx *c, const struct import *import)
{
    TRY(db_run(c, &q_patient_code_lock, PARAMS(SHOP(c))));
    return db_run(c, &q_import_patients_apply, PARAMS(SHOP(c), I64(import->id), USER(c)));
}

static enum status undo(struct ctx *c, const struct import *import)
{
    TRY(import_refuse_any(c, import, &q_import_patients_used));
    return import_do(c, import, &q_import_take_back);
}

const struct import_kind import_patients = {
    .name = "patients",
    .title = "patients",
    .title_hanzi = "患者",
    .summary = "new patients: names, birth, weight, phone, language, complaint",
    .roles = ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
    .workbook = "patients-sheet",
    .parts = parts,
    .check = &q_import_patients_check,
    .apply = apply,
    .undo = undo,
};
