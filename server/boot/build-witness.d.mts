export declare const buildWitness: (root: string, outfile?: string) => Promise<string>
