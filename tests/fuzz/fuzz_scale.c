/* Lines as they may come over a bad cable: what is accepted is a weight within the scale's range, and the same line in the same
   protocol is the same weight again. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "intake/scale.h"

const char *const fuzz_seeds[] = {
    "S S     100.00 g\r\n",
    "S D     100.00 g\r\n",
    "S I\r\n",
    "S +\r\n",
    "S S    12.3455 kg",
    "ST,+00012.34  g\r\n",
    "US,+00012.34 oz",
    "OL,-9999999E+19\r\n",
    "QT,+00000012 PC",
    "    192.21 g     NET",
    "     12.34 g ?\r\n",
    "     1.005 lb",
    NULL,
};

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    for (enum scale_protocol protocol = 0; protocol < SCALE_PROTOCOL_COUNT; protocol++) {
        const struct scale_rule rule = { .protocol = protocol,
                                         .unit = "any",
                                         .capacity = { 6000000 },
                                         .minimum = { 20 },
                                         .resolution = { 1 } };
        struct scale_reading reading, again;

        if (scale_line_read(c, &rule, data, size, &reading) != SCALE_STABLE) {
            if (c->fault.count == 0)
                abort();
            ctx_forgive(c);
            continue;
        }
        if (reading.weight.mg < 0 || reading.weight.mg > rule.capacity.mg ||
            (reading.weight.mg > 0 && reading.weight.mg < rule.minimum.mg) ||
            scale_unit(reading.unit).num == 0)
            abort();
        if (scale_line_read(c, &rule, reading.line, strlen(reading.line), &again) == SCALE_STABLE &&
            again.weight.mg != reading.weight.mg)
            abort();
        ctx_forgive(c);
    }
}
