CREATE OR REPLACE VIEW public.refused_seeds AS
SELECT
    file,
    line_number,
    line,
    reason,
    refused_at
FROM fetcher.seed_refusals;

COMMENT ON VIEW public.refused_seeds IS
    'Lines of the files in seeds/ that are not addresses, as the files are now.';
COMMENT ON COLUMN public.refused_seeds.file IS 'Path below seeds/, e.g. 2023/tariffs.txt.';
COMMENT ON COLUMN public.refused_seeds.line_number IS 'Number of the line, from 1, e.g. 3.';
COMMENT ON COLUMN public.refused_seeds.line IS
    'The line, at most 200 characters, e.g. http://www.example.com/.';
COMMENT ON COLUMN public.refused_seeds.reason IS
    'What is wrong with it, e.g. has a * inside: only one * counts, at the end, for all that begins so.';
COMMENT ON COLUMN public.refused_seeds.refused_at IS
    'When the file was last read, e.g. 2026-01-02 03:04:05+00.';
