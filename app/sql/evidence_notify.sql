-- Tells running services that what a shop has of its own may have changed: they load that shop's rule book anew.
SELECT pg_notify('knowledge_changed', format('shop %s', $1::bigint))
