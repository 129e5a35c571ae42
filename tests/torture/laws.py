"""What must hold after any torture: laws about what is stored, and that what was answered is what is stored."""
import collections
import itertools
import subprocess
import threading
import time

from clients import DELIVERY_MG
from people import sql

NO_CONNECTION = 2  # psql's exit status

def patiently(look):
    """What look() returns, once the database is up. A query that cannot be asked at all is not waited for."""
    while True:
        try:
            return look()
        except subprocess.CalledProcessError as failure:
            if failure.returncode != NO_CONNECTION:
                raise RuntimeError(failure.stderr) from failure
            time.sleep(0.2)


def numbers(query):
    return {int(row) for row in sql(query).split()}


CODE, CODE_USES, CODE_EACH, EACH_USES = "TORTURE", 20, "TORTUREEACH", 2

# What was weighed for an order, and what was booked as its dispensing or its loss: by order and lot, once.
WEIGHED = """SELECT g.order_id, lot_id, sum(weighed) AS mg FROM weighings g
               JOIN orders o ON o.shop_id = g.shop_id AND o.id = g.order_id AND o.allocation_no = g.allocation_no"""
BOOKED = "SELECT order_id, lot_id, sum(quantity) AS mg FROM stock_moves WHERE order_id IS NOT NULL"
RETURNED = "SELECT r.order_id, lot_id, quantity FROM return_lots r JOIN destruction_witnesses d USING (shop_id, order_id, return_no)"

# Each query names what breaks a law.
LAWS = {
    "a balance below zero": "SELECT lot_id FROM balances WHERE internal AND quantity < 0",
    "a balance that is not the sum of its moves": """
        SELECT lot_id FROM balances b FULL JOIN (
               SELECT lot_id, location_id, sum(mg) AS mg
                 FROM (SELECT lot_id, to_location_id, quantity FROM stock_moves UNION ALL
                       SELECT lot_id, from_location_id, -quantity FROM stock_moves) m (lot_id, location_id, mg)
                GROUP BY 1, 2) l USING (lot_id, location_id)
         WHERE coalesce(b.quantity, 0) <> coalesce(l.mg, 0)""",
    "more reserved than there is": """
        SELECT r.lot_id FROM reservations r JOIN balances b USING (shop_id, lot_id, location_id)
          LEFT JOIN weighings w USING (shop_id, order_id, allocation_no, line_no, lot_id, location_id)
         WHERE r.ended_at IS NULL AND r.expires_at > now() GROUP BY r.lot_id, r.location_id, b.quantity
        HAVING sum(least(r.quantity, w.weighed)) > b.quantity""",
    "more on the scales than there is": """
        SELECT r.lot_id FROM reservations r JOIN balances b USING (shop_id, lot_id, location_id)
          JOIN weighings w USING (shop_id, order_id, allocation_no, line_no, lot_id, location_id)
         WHERE r.ended_at IS NULL GROUP BY r.lot_id, r.location_id, b.quantity
        HAVING sum(w.weighed) > b.quantity""",
    "a reservation held by an order that needs none": """
        SELECT order_id FROM reservations r JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
         WHERE r.ended_at IS NULL AND o.state NOT IN ('allocated', 'released', 'weighed')""",
    "an order under way without all its lots set aside": """
        SELECT o.id FROM orders o JOIN order_lines n ON n.shop_id = o.shop_id AND n.order_id = o.id
         WHERE o.state IN ('allocated', 'released', 'weighed')
           AND NOT EXISTS (SELECT FROM order_events e WHERE e.shop_id = o.shop_id AND e.order_id = o.id AND e.event = 'reservation_ended')
           AND n.quantity <> (SELECT coalesce(sum(r.quantity), 0) FROM reservations r
                               WHERE r.shop_id = o.shop_id AND r.order_id = o.id AND r.allocation_no = o.allocation_no
                                 AND r.line_no = n.line_no AND r.ended_at IS NULL)""",
    "a weighed order without its lots set aside": """
        SELECT w.order_id FROM weighings w JOIN orders o ON o.shop_id = w.shop_id AND o.id = w.order_id AND o.allocation_no = w.allocation_no
          JOIN reservations r ON r.shop_id = w.shop_id AND r.order_id = w.order_id AND r.allocation_no = w.allocation_no
                             AND r.line_no = w.line_no AND r.lot_id = w.lot_id AND r.location_id = w.location_id
         WHERE o.state IN ('released', 'weighed') AND r.ended_at IS NOT NULL""",
    "an order checked undecocted, or put back out of its pot": """
        SELECT o.id FROM orders o WHERE (o.state IN ('checked', 'handed_over') AND o.decocts AND NOT EXISTS (
               SELECT FROM decoction_runs r WHERE r.shop_id = o.shop_id AND r.order_id = o.id AND r.done))
            OR (o.state = 'cancelled' AND EXISTS (SELECT FROM decoction_runs r WHERE r.shop_id = o.shop_id AND r.order_id = o.id))""",
    "a pot left boiling for an order that has ended": """
        SELECT r.order_id FROM decoction_runs r JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
         WHERE r.ended_at IS NULL AND o.state <> 'weighed'""",
    "a question closed without an answer": """
        SELECT e.order_id FROM order_stop_ends e JOIN order_stops s USING (shop_id, order_id, stop_no)
         WHERE s.kind = 'query' AND NOT e.taken_back AND NOT EXISTS (
               SELECT FROM query_answers a WHERE a.shop_id = e.shop_id AND a.order_id = e.order_id AND a.stop_no = e.stop_no)""",
    "copies of a paper that are not numbered one by one": """
        SELECT order_id FROM printed_labels WHERE order_id IS NOT NULL GROUP BY order_id, kind HAVING max(copy_no) <> count(*)""",
    "a patient label whose copies differ": """
        SELECT order_id FROM printed_labels WHERE kind = 'patient' GROUP BY order_id HAVING count(DISTINCT content) > 1""",
    "an order checked by who filled it": "SELECT order_id FROM final_checks WHERE checker_id = filler_id",
    "a checked order whose moves are not its weights, once": f"""
        SELECT order_id FROM ({WEIGHED} WHERE g.order_id IN (SELECT order_id FROM final_checks) GROUP BY 1, 2) w
          FULL JOIN ({BOOKED} AND reason = 'dispensed' GROUP BY 1, 2) m USING (order_id, lot_id)
         WHERE w.mg IS DISTINCT FROM m.mg""",
    "a waste whose loss is not its weights, once": f"""
        SELECT order_id FROM ({WEIGHED} WHERE g.order_id IN (SELECT order_id FROM order_wastes) GROUP BY 1, 2) w
          FULL JOIN ({BOOKED} AND reason = 'lost' AND order_id NOT IN (SELECT order_id FROM handovers) GROUP BY 1, 2) m
                 USING (order_id, lot_id)
         WHERE w.mg IS DISTINCT FROM m.mg""",
    "a destroyed return whose loss is not its share of the weights, once": f"""
        SELECT order_id FROM (SELECT order_id, lot_id, sum(quantity) AS mg FROM ({RETURNED}) r GROUP BY 1, 2) w
          FULL JOIN ({BOOKED} AND reason = 'lost' AND order_id IN (SELECT order_id FROM handovers) GROUP BY 1, 2) m
                 USING (order_id, lot_id)
         WHERE w.mg IS DISTINCT FROM m.mg""",
    "more packets returned than were handed over": """
        SELECT r.order_id FROM order_returns r JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
         GROUP BY r.order_id, o.packets HAVING sum(r.packets) > o.packets""",
    "an order that went on while it was stopped": """
        SELECT o.id FROM orders o JOIN order_stops s ON s.shop_id = o.shop_id AND s.order_id = o.id
          LEFT JOIN order_stop_ends e ON e.shop_id = s.shop_id AND e.order_id = s.order_id AND e.stop_no = s.stop_no
         WHERE e.stop_no IS NULL AND o.state <> s.state AND o.state NOT IN ('cancelled', 'rejected', 'wasted')""",
    "an order that stands stopped without a stop": """
        SELECT o.id FROM orders o WHERE stopped_state IS NOT NULL AND NOT EXISTS (
            SELECT FROM order_stops s WHERE s.shop_id = o.shop_id AND s.order_id = o.id AND NOT EXISTS (
                SELECT FROM order_stop_ends e WHERE e.shop_id = s.shop_id AND e.order_id = s.order_id AND e.stop_no = s.stop_no))""",
    "more supplied than was prescribed": """
        SELECT o.prescription_id FROM orders o JOIN prescription_versions v USING (shop_id, prescription_id, version)
         WHERE o.state NOT IN ('cancelled', 'rejected', 'wasted')
         GROUP BY o.prescription_id, o.supply_no, v.packets HAVING sum(o.packets) > v.packets""",
    "an order that passed a state twice": """
        SELECT order_id FROM order_events WHERE event = state AND state IN ('checked', 'handed_over', 'cancelled', 'wasted')
         GROUP BY order_id, state HAVING count(*) > 1""",
    "a promo code used more often than by one customer": f"""
        SELECT patient_id FROM promo_uses WHERE live AND code = '{CODE_EACH}' GROUP BY patient_id HAVING count(*) > {EACH_USES}""",
    "a sale whose codes are not their uses, once": """
        SELECT ticket_id FROM (SELECT ticket_id, code, count(*) AS n FROM payments JOIN quote_codes USING (shop_id, ticket_id, quote_no)
                                GROUP BY 1, 2) q
          FULL JOIN (SELECT ticket_id, code, count(*) AS n FROM promo_uses WHERE paid_ticket_id IS NOT NULL GROUP BY 1, 2) u
                 USING (ticket_id, code) WHERE q.n IS DISTINCT FROM u.n""",
    "a delivery without its moves, or with more": f"""
        SELECT receipt_id FROM receipts r JOIN stock_moves m ON m.shop_id = r.shop_id AND m.receipt_id = r.id
         WHERE r.invoice LIKE 'T%' GROUP BY receipt_id HAVING count(*) <> 3 OR sum(m.quantity) <> {3 * DELIVERY_MG}""",
    "a promo code used more often than it may be": f"""
        SELECT code FROM promo_uses WHERE live AND code = '{CODE}' GROUP BY code HAVING count(*) > {CODE_USES}""",
    "a sale whose tenders are not its total": """
        SELECT y.ticket_id FROM payments y LEFT JOIN tenders t USING (shop_id, ticket_id) GROUP BY y.shop_id, y.ticket_id, y.total_cents
        HAVING coalesce(sum(t.amount_cents), 0) <> y.total_cents""",
    "a sale whose moves are not its lines, once": """
        SELECT q.ticket_id FROM payments y JOIN quote_lines q USING (shop_id, ticket_id, quote_no)
         WHERE q.kind = 'item' AND q.quantity <> (
               SELECT coalesce(sum(m.quantity), 0) FROM ticket_lots t JOIN stock_moves m ON m.shop_id = t.shop_id AND m.id = t.move_id
                WHERE t.shop_id = q.shop_id AND t.ticket_id = q.ticket_id AND t.seq = q.seq)""",
    "a move of a sale that is no sale's": """
        SELECT m.id FROM stock_moves m WHERE m.note LIKE 'ticket %' AND NOT EXISTS (SELECT FROM ticket_lots t WHERE t.move_id = m.id)
           AND NOT EXISTS (SELECT FROM refund_lots t WHERE t.move_id = m.id)""",
    "a receipt's number left out": "SELECT max(receipt_no) FROM sale_receipts HAVING max(receipt_no) <> count(*)",
    "a use of a promo code that no sale stands for": """
        SELECT u.ticket_id FROM promo_uses u JOIN tickets t ON t.shop_id = u.shop_id AND t.id = u.ticket_id
         WHERE (u.state = 'committed' AND t.state <> 'paid') OR (u.state = 'reserved' AND t.state <> 'quoted')""",
    "a key without its answer": "SELECT count(*) FROM idempotency_keys WHERE status IS NULL HAVING count(*) > 0",
}

# What was answered with success, and where it must be stored, once each.
PROMISES = {
    "orders": "SELECT id FROM orders WHERE id > {first_order}",
    "begun anew": "SELECT replaces_id FROM orders WHERE replaces_id IS NOT NULL",
    "check": "SELECT order_id FROM final_checks",
    "handover": "SELECT order_id FROM handovers",
    "cancel": "SELECT id FROM orders WHERE state = 'cancelled'",
    "holds": "SELECT order_id FROM order_stops WHERE kind = 'hold'",
    "queries": "SELECT order_id FROM order_stops WHERE kind = 'query'",
    "answers": "SELECT order_id || '/' || stop_no FROM query_answers",
    "decoctions": "SELECT order_id FROM decoction_runs",
    "decoctions/end": "SELECT order_id FROM decoction_runs WHERE ended_at IS NOT NULL AND note <> 'the order was wasted'",
    "copies": "SELECT order_id || '/' || kind || '/' || copy_no FROM printed_labels WHERE order_id IS NOT NULL",
    "resumes": "SELECT order_id || '/' || stop_no FROM order_stop_ends",
    "wastes": "SELECT order_id FROM order_wastes",
    "returns": "SELECT order_id FROM order_returns",
    "destruction": "SELECT order_id || '/' || return_no FROM order_destructions",
    "witness": "SELECT order_id || '/' || return_no FROM destruction_witnesses",
    "deliveries": "SELECT invoice FROM receipts WHERE invoice LIKE 'T%'",
    "counts": "SELECT id FROM counts WHERE state = 'booked'",
    "payments": "SELECT ticket_id FROM payments",
    "refunds": "SELECT ticket_id FROM refunds",
}


def unlawful(law):
    """What breaks it just now, as a sentence; None when nothing does."""
    found = patiently(lambda: sql(LAWS[law])).split()
    return f"{law}: {', '.join(found)}" if found else None


class Watching(threading.Thread):
    """A law holds at every moment, not only when all have gone home: looks at one after the other until somebody broke one."""

    def __init__(self, violate):
        super().__init__()
        self.violate = violate
        self.over = threading.Event()

    def run(self):
        for law in itertools.cycle(("more reserved than there is", law) for law in LAWS):
            if self.over.wait(0.3):
                return
            seen = [broken for broken in map(unlawful, law) if broken]
            if seen:
                return self.violate("while all were at work, " + "; ".join(seen))


def broken_promises(done, first_order):
    """`done`: promise → what it was about, as often as success was answered."""
    for promise, query in PROMISES.items():
        stored = collections.Counter(sql(query.format(first_order=first_order)).split())
        answered = collections.Counter({str(about): times for about, times in done[promise].items()})
        if stored != answered:
            yield f"{promise}: answered and not stored {dict(answered - stored)}, stored and not answered {dict(stored - answered)}"
