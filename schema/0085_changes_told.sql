-- What is followed for the open pages besides stock, orders and lots (core/follow.h): whatever has a number and a page that several
-- people look at. The trail has all of it; the index holds what is told of, which is little of the trail, so that looking for what is
-- new costs nothing where nothing is.
SET LOCAL ROLE yaofang_owner;

CREATE INDEX audit_told ON audit (shop_id, id)
    WHERE subject ~ '^(batch|count|intake|prescription|purchase order|recall|transfer) [0-9]+$';
