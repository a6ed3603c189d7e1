/**
 * What k6 says of the VU that runs, and of its scenario. Making these objects costs k6 fifty times
 * what asking them does; once made, they always tell what is so now. Not for the init context.
 */
import exec from "k6/execution";

let vu = null;
let scenario = null;
let tags = null;

/** `exec.vu` */
export function k6_vu() {
  vu ??= exec.vu;
  return vu;
}

/** `exec.scenario` */
export function k6_scenario() {
  scenario ??= exec.scenario;
  return scenario;
}

/** `exec.vu.metrics.tags`, to be read and written. */
export function k6_tags() {
  tags ??= exec.vu.metrics.tags;
  return tags;
}
