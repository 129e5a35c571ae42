/* What each violated constraint of the bench (schema/0047 to 0049) means to a person. */
#include "db/internal.h"

const struct constraint_rule constraint_bench_rules[] = {
    /* clang-format off */
    { "scale_readings_line_length", ST_INVALID, "line", "is 1 to 80 characters" },
    { "scale_readings_read_by", ST_NOT_FOUND, "read_by", "is nobody of this shop" },
    { "scale_readings_scale", ST_NOT_FOUND, "scale", "is no scale of this shop" },
    { "scale_readings_weight", ST_INVALID, "weight_mg", "is nothing to 100 tonnes" },
    { "scale_readings_weight_once", ST_CONFLICT, "reading", "is kept already" },
    { "scales_added_by", ST_NOT_FOUND, "added_by", "is nobody of this shop" },
    { "scales_capacity", ST_INVALID, "capacity_mg", "is more than nothing and at most 100 tonnes" },
    { "scales_code_form", ST_INVALID, "code", "is 1 to 40 letters, digits, dots, hyphens and underscores" },
    { "scales_code_unique", ST_CONFLICT, "code", "is the code of another scale" },
    { "scales_minimum", ST_INVALID, "minimum_mg", "is nothing to the capacity" },
    { "scales_name_length", ST_INVALID, "name", "is at most 120 characters" },
    { "scales_protocol_known", ST_INVALID, "protocol", "is mt-sics, and or ohaus" },
    { "scales_resolution", ST_INVALID, "resolution_mg", "is 1 mg to the capacity" },
    { "scales_unit_known", ST_INVALID, "unit", "is g, kg, mg, oz, lb, ozt, dwt, GN, ct or any" },
    { "scales_uri_form", ST_INVALID, "uri", "begins with serial:///dev/ or tcp:// and is at most 300 characters" },
    /* clang-format on */
    { NULL, ST_OK, NULL, NULL },
};
