# python3-ecdsa python3-rsa: keys, signatures, points on curves.
import rsa, ecdsa, hashlib, random
pub, priv = rsa.PublicKey(0xc5062b58d8539c765e1e5dbaf14cf75dd56c2e13105fecfd1a930bbb5948ff328f126abe779359ca59bca752c308d281573bc6178b6c0fef7dc445e4f826430437b9f9d790581de5749c2cb9cb26d42b2fee15b6b26f09c99670336423b86bc5bec71113157be2d944d7ff3eebffb28413143ea36755db0ae62ff5b724eecb3d316b6bac67e89cacd8171937e2ab19bd353a89acea8c36f81c89a620d5fd2effea896601c7f9daca7f033f635a3a943331d1b1b4f5288790b53af352f1121ca1bef205f40dc012c412b40bdd27585b946466d75f7ee0a7f9d549b4bece6f43ac3ee65fe7fd37123359d9f1a850ad450aaf5c94eb11dea3fc0fc6e9856b1805ef, 65537), None
print(len(rsa.encrypt(b"hello", pub)), pub.save_pkcs1()[:60], rsa.common.bit_size(pub.n), rsa.prime.is_prime(104729), rsa.transform.bytes2int(b"ab"))
k = ecdsa.SigningKey.from_secret_exponent(0x1234567, ecdsa.SECP256k1, hashlib.sha256)
sig = k.sign_deterministic(b"msg", hashfunc=hashlib.sha256)
print(sig.hex(), k.verifying_key.verify(sig, b"msg", hashfunc=hashlib.sha256), k.verifying_key.to_string("compressed").hex(), k.to_pem()[:40])
try: k.verifying_key.verify(sig, b"other", hashfunc=hashlib.sha256)
except ecdsa.BadSignatureError as e: print(type(e).__name__, e)
print(ecdsa.NIST256p.generator * 5 + ecdsa.NIST256p.generator == ecdsa.NIST256p.generator * 6, ecdsa.numbertheory.jacobi(3, 11), ecdsa.numbertheory.square_root_mod_prime(4, 7))
