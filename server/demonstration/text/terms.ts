/** What the invented agencies have agreed on. */
export const TERMS_TEXT = `Terms of the River Tarn flood partnership

1. What this is for
We plan together for floods of the River Tarn: before, during and after. Nothing here replaces anybody's own duties or orders.

2. Whose is what
Each agency keeps what it writes. It decides who sees its sections, and may take them back at any time without giving a reason.

3. Forecasts
Forecasts for planning are not warnings. Warnings come from the Meteorological Service alone, and are passed on word for word.

4. People who need help
Names and addresses of residents are shared with those who are named for it, for rescue and care only, and are deleted when the season ends.

5. Outside
Nobody passes on what another agency wrote beyond what its marking allows. Requests from the press go to the County Emergency Office.

6. Looking back
After every exercise and every flood we write down together what we learned. The record of this workspace is open to the auditors of every agency.

7. Ending
Each agency may leave at any time. It says beforehand, if it can, what becomes of its sections.`
