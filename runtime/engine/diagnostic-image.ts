/**
 * The image of the jobs by which a service is tried out, with the programs `hello`, `bake`, `roulette` and `count`. No
 * registry has it: to pull it is to make it. Another number for other contents.
 */
export const diagnosticImage = 'seedbed/diagnostic:1';
