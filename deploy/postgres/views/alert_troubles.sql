CREATE OR REPLACE VIEW public.alert_troubles AS
SELECT t.alert, t.target, t.failing_since AS since, t.disabled_at, t.error
FROM notifier.target AS t
WHERE t.failing_since IS NOT NULL
UNION ALL
SELECT NULL, 'alerts.toml', f.at, f.at, f.problem
FROM notifier.file AS f
WHERE f.problem IS NOT NULL;

COMMENT ON VIEW public.alert_troubles IS
    'A target that alerts cannot tell, or what is wrong with the file of alerts.';
COMMENT ON COLUMN public.alert_troubles.alert IS
    'The alert, e.g. rare earths; null for the file.';
COMMENT ON COLUMN public.alert_troubles.target IS
    'The target, e.g. webhook hooks.example.com 1f2e3d4c, or alerts.toml.';
COMMENT ON COLUMN public.alert_troubles.since IS
    'Since when, e.g. 2026-01-02 03:04:05+08.';
COMMENT ON COLUMN public.alert_troubles.disabled_at IS
    'When it was given up until the file is saved again, e.g. 2026-01-03 03:04:05+08; null while it is tried.';
COMMENT ON COLUMN public.alert_troubles.error IS
    'Why, e.g. it answers 500.';
