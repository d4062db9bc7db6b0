CREATE OR REPLACE VIEW public.alerts AS
SELECT
    a.name,
    a.asked,
    a.how_often,
    a.began_at,
    a.told_at AS last_sent_at,
    (SELECT count(*) FROM notifier.match AS m WHERE m.alert = a.name AND m.content IS NOT NULL) AS matches,
    (SELECT count(*) FROM notifier.delivery AS d WHERE d.alert = a.name AND d.sent_at IS NULL) AS waiting,
    ARRAY(SELECT t.target FROM notifier.target AS t WHERE t.alert = a.name ORDER BY t.target) AS targets,
    a.digest_at
FROM notifier.alert AS a;

COMMENT ON VIEW public.alerts IS
    'An alert of alerts.toml: what it asks for, where it is sent, and what came of it.';
COMMENT ON COLUMN public.alerts.name IS
    'Its name, e.g. rare earths.';
COMMENT ON COLUMN public.alerts.asked IS
    'What a notice must be like, e.g. {"words": "稀土", "issuer": "商务部"}; all of it must hold.';
COMMENT ON COLUMN public.alerts.how_often IS
    'How often it is sent: at once, daily or weekly, e.g. daily.';
COMMENT ON COLUMN public.alerts.began_at IS
    'Since when it looks; what came before is not reported, e.g. 2026-01-02 03:04:05+08.';
COMMENT ON COLUMN public.alerts.last_sent_at IS
    'When a target last took a message, e.g. 2026-01-02 03:04:05+08; null if it never did.';
COMMENT ON COLUMN public.alerts.matches IS
    'How many changes it has found that are still kept, e.g. 12.';
COMMENT ON COLUMN public.alerts.waiting IS
    'How many messages wait to be sent, e.g. 0.';
COMMENT ON COLUMN public.alerts.targets IS
    'Where it is sent besides its feed, without secrets, e.g. {mail ann@example.com,webhook hooks.example.com 1f2e3d4c}.';
COMMENT ON COLUMN public.alerts.digest_at IS
    'When the next digest is due, e.g. 2026-01-03 08:00:00+08; null for one that is sent at once.';
