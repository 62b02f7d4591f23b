export const USAGE = `liaison-witness: co-signs the record of a Liaison server from a machine of your own.

  init   --host https://liaison.example --name county.example/witness
         makes a key and the file that this witness remembers in; prints the key to register
  join   [--log-key <verifier key>]
         asks for the token that registering gave, and keeps it; shows the key of the host's log
  run    [--every <seconds, 3>]
         asks the host what has grown, checks that nothing was changed, and co-signs; until it is stopped
         [--mirror <folder>] [--mirror-every <seconds, 600>] keeps a copy: all leaf hashes, and what your agency may see
  serve  [--listen 127.0.0.1:8080]
         the same judgement as an HTTP server (c2sp.org/tlog-witness), for hosts that come by themselves
  trust  --log-key <verifier key>
         one more key of the log to trust, after its people have changed it
  show   what this witness has signed, its key, and what it refused

  --state <file>   what it remembers (liaison-witness.json)

Exit codes: 0 stopped, 1 something that a person must see to.
`
