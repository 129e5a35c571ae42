-- Tells running services that the rule book has changed: they load it anew.
SELECT pg_notify('knowledge_changed', '')
