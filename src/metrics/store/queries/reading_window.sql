-- Which points decide how each indicator is judged?
-- Grain: one row per indicator and kept point: the first point of the series and its newest ones, oldest first; of
-- several vintages of one period the newest (published last, then named last, then written last). If the newest points
-- cover little time, those that end in the month of the last one are kept too: a forecast looks at every December. A
-- break among points left out is marked on the oldest newer point kept.
-- Parameters: today (periods that end later are left out, and what was published later), window (how many of the newest
-- points are kept), few and years (so many of them cover little time if they cover less than so many years), only
-- (indicators; NULL for all), whole (indicators of which every point is kept).
WITH known AS (
    SELECT *
    FROM memory.v.current_reading
    WHERE
        period_end <= $today
        AND (published_on IS NULL OR published_on <= $today)
        AND ($only IS NULL OR list_contains($only, indicator_id))
),

-- Putting every reading of a long series in order would take most of the time. All of it is needed only for a series
-- with a break, of which nobody knows yet whether it lies among the points left out.
spread AS (
    SELECT
        indicator_id,
        min(period_end) AS first_end,
        list_reverse_sort(max(DISTINCT period_end, greatest($window, $few))) AS newest_ends,
        bool_or(break_before) OR list_contains($whole, indicator_id) AS is_whole
    FROM known
    GROUP BY indicator_id
),

reach AS (
    SELECT
        indicator_id,
        first_end,
        is_whole,
        newest_ends[1] AS last_end,
        newest_ends[least($window, len(newest_ends))] AS window_end,
        newest_ends[least($few, len(newest_ends))] > newest_ends[1] - to_years($years) AS is_short
    FROM spread
),

vintage AS (
    SELECT
        known.*,
        reach.is_short AND month(known.period_end) = month(reach.last_end) AS is_season
    FROM known
    INNER JOIN reach ON known.indicator_id = reach.indicator_id
    WHERE
        reach.is_whole
        OR known.period_end = reach.first_end
        OR known.period_end >= reach.window_end
        OR is_season
    QUALIFY row_number() OVER (
        PARTITION BY known.indicator_id, known.period_end, known.period_start
        ORDER BY known.published_on DESC NULLS LAST, known.vintage DESC NULLS LAST, known.change_no DESC, known.id DESC
    ) = 1
),

placed AS (
    SELECT
        *,
        row_number() OVER (series ORDER BY period_end, period_start) AS from_first,
        count(*) OVER series - row_number() OVER (series ORDER BY period_end, period_start) AS newer,
        count(*) FILTER (WHERE break_before) OVER (series ORDER BY period_end, period_start) AS breaks_so_far
    FROM vintage
    WINDOW series AS (PARTITION BY indicator_id)
),

kept AS (
    SELECT
        *,
        lag(breaks_so_far, 1, 0) OVER (PARTITION BY indicator_id ORDER BY from_first) AS breaks_before
    FROM placed
    WHERE from_first = 1 OR newer < $window OR is_season OR list_contains($whole, indicator_id)
)

SELECT
    indicator_id,
    period_start,
    period_end,
    value,
    from_first > 1 AND breaks_so_far > breaks_before AS break_before,
    evidence = 'illustrative' AS illustrative,
    vintage,
    qualifier,
    provisional
FROM kept
ORDER BY indicator_id, from_first;
