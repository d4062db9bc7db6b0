-- It has more parameters now: as a second function of its name, a call would mean either.
DROP FUNCTION IF EXISTS public.search(text, date, date, int);
