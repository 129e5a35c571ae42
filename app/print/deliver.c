/* A paper to its printer: which way by its address; raw bytes are sent here. */
#include "print/deliver.h"

enum status deliver(struct ctx *c, const struct link_limits *limits, const struct delivery *delivery,
                    size_t *taken, const char **note)
{
    struct link_address address;
    struct link *link;

    *taken = 0;
    *note = NULL;
    TRY(link_address_read(c, "printer", delivery->uri, LINK_SERIAL | LINK_TCP | LINK_IPP | LINK_IPPS,
                          &address));
    address.text = delivery->printer;
    if (address.kind == LINK_IPP || address.kind == LINK_IPPS)
        return deliver_ipp(c, limits, &address, delivery, taken, note);
    TRY(link_open(c, "printer", &address, limits, &link));
    TRY(link_send(c, link, delivery->data, delivery->size, true, taken));
    link_close(link);
    return ST_OK;
}
