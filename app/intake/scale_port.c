/* Asking a scale: opens its line, drops what is stale, asks, and reads until it has settled. */
#include "intake/scale_port.h"

#include <string.h>

static enum status ask(struct ctx *c, const struct scale_port *port, const struct scale_rule *rule,
                       struct link *link)
{
    const char *word = scale_protocol_asks(rule->protocol);
    size_t taken;

    return port->asks ? link_send(c, link, word, strlen(word), false, &taken) : ST_OK;
}

/* One line. `again`: it was not stable, and there is time. */
static enum status read_once(struct ctx *c, struct link *link, const struct scale_rule *rule,
                             int64_t until_us, struct scale_reading *reading, bool *again)
{
    const char *line;
    size_t size;

    TRY(link_line(c, link, until_us, &line, &size));
    switch (scale_line_read(c, rule, line, size, reading)) {
    case SCALE_STABLE:
        return ST_OK;
    case SCALE_UNSTABLE:
        *again = true;
        return ctx_fault_or_ok(c);
    case SCALE_REFUSED:
        break;
    }
    return ctx_fault_or_ok(c);
}

enum status scale_ask(struct ctx *c, const struct scale_port *port, const struct scale_rule *rule,
                      struct scale_reading *reading)
{
    const int64_t until_us = link_clock() + (int64_t)port->wait_ms * 1000;
    struct link *link;
    bool again = true;
    struct fault unsettled = { 0 };
    enum status status = ST_OK;

    TRY(link_open(c, "scale", &port->address, &port->limits, &link));
    link_settle(link);
    while (again) {
        again = false;
        TRY(ask(c, port, rule, link));
        status = read_once(c, link, rule, until_us, reading, &again);
        if (status == ST_BUSY && unsettled.count > 0) {
            c->fault = unsettled; /* it spoke, but never settled: that is the news */
            status = unsettled.status;
        } else if (again) {
            unsettled = c->fault;
            c->fault = (struct fault){ 0 };
            if (port->asks)
                link_settle(link);
        }
    }
    link_close(link);
    return status;
}
