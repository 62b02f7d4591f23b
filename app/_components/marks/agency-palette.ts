/**
 * The `solid` colours of agency.css, for places that cannot read CSS variables (carets in the editor). White text on
 * each has a contrast of at least 5:1.
 */
export const AGENCY_SOLID = [
  '#266ec3',
  '#bc4a3c',
  '#2a7d43',
  '#8f57b5',
  '#95650f',
  '#017b80',
  '#bb4271',
  '#5c771b',
  '#6262cc',
  '#027797',
  '#7c6f1e',
  '#af4791',
] as const

/** @param colour an `AgencyView.colour`; anything outside 0-11 wraps, so that a bad value still shows a colour. */
export const agencySolid = (colour: number): string => AGENCY_SOLID[agencyIndex(colour)] ?? AGENCY_SOLID[0]

/** Value of the `data-agency` attribute that agency.css colours. */
export const agencyIndex = (colour: number): number =>
  ((Math.trunc(colour) % AGENCY_SOLID.length) + AGENCY_SOLID.length) % AGENCY_SOLID.length
