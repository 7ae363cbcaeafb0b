# RUN: not krait-ir --check %s 2>&1 | FileCheck %s
# CHECK: :23:21: error: too many statically nested blocks
while 1:
 while 1:
  while 1:
   while 1:
    while 1:
     while 1:
      while 1:
       while 1:
        while 1:
         while 1:
          while 1:
           while 1:
            while 1:
             while 1:
              while 1:
               while 1:
                while 1:
                 while 1:
                  while 1:
                   while 1:
                    while 1:
                     pass
