-- Which mails and runs are deleted when?
-- Grain: one row per month of deletion.
SELECT
    min(delete_on) AS first_day,
    max(delete_on) AS last_day,
    count(*) AS mails
FROM z.mail
GROUP BY date_trunc('month', delete_on)
ORDER BY first_day;
