-- How many mails stand how, and how many of them may be out without anybody knowing?
-- Grain: one row per state.
SELECT
    state,
    count(*) AS mails,
    count_if(unknown > 0) AS uncertain
FROM z.mail
GROUP BY state
ORDER BY state;
